"""The faults of a GeoJSON file: the standard's own examples, a corpus of bad files, and random input."""

import json
from pathlib import Path

import geopandas as gpd
import pytest
import shapely
from hypothesis import event, given, settings
from hypothesis import strategies as st

from corridors.data import geojson_check, geojson_rules
from corridors.data.findings import Finding
from corridors.data.geojson import ADVICE, RULES, check_geojson, read_geojson
from corridors.errors import InputError

HOSTILE = Path(__file__).parent / "hostile"
EURASIA = (-15.0, 0.0, 180.0, 82.0)

# The name of a file in the corpus gives the rules that it breaks. These are the exceptions.
SEVERAL = {
    "g07-web-mercator-unsaid": {"G04"},
    "many-faults": {"G05", "G06", "G08", "G09", "G11", "G14"},
}


def rules(source, **options):
    """The codes of the faults."""
    return {finding.rule for finding in check_geojson(source, "a.geojson", **options)}


def geometry(kind, coordinates):
    return json.dumps({"type": kind, "coordinates": coordinates})


# --- the standard -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"type": "Point", "coordinates": [100.0, 0.0]}, id="A.1"),
        pytest.param({"type": "LineString", "coordinates": [[100.0, 0.0], [101.0, 1.0]]}, id="A.2"),
        pytest.param(
            {
                "type": "Polygon",
                "coordinates": [
                    [[100.0, 0.0], [101.0, 0.0], [101.0, 1.0], [100.0, 1.0], [100.0, 0.0]],
                    [[100.8, 0.8], [100.8, 0.2], [100.2, 0.2], [100.2, 0.8], [100.8, 0.8]],
                ],
            },
            id="A.3 with a hole",
        ),
        pytest.param({"type": "MultiPoint", "coordinates": [[100.0, 0.0], [101.0, 1.0]]}, id="A.4"),
        pytest.param(
            {
                "type": "MultiLineString",
                "coordinates": [[[170.0, 45.0], [180.0, 45.0]], [[-180.0, 45.0], [-170.0, 45.0]]],
            },
            id="3.1.9 line cut at 180 degrees",
        ),
        pytest.param(
            {
                "type": "MultiPolygon",
                "coordinates": [
                    [[[180.0, 40.0], [180.0, 50.0], [170.0, 50.0], [170.0, 40.0], [180.0, 40.0]]],
                    [[[-170.0, 40.0], [-170.0, 50.0], [-180.0, 50.0], [-180.0, 40.0], [-170.0, 40.0]]],
                ],
            },
            id="3.1.9 polygon cut at 180 degrees",
        ),
        pytest.param(
            {"type": "FeatureCollection", "bbox": [177.0, -20.0, -178.0, -16.0], "features": []},
            id="5.2 box across 180 degrees",
        ),
        pytest.param(
            {
                "type": "Feature",
                "bbox": [-10.0, -10.0, 10.0, 10.0],
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[-10.0, -10.0], [10.0, -10.0], [10.0, 10.0], [-10.0, -10.0]]],
                },
                "properties": None,
            },
            id="5 box of a feature",
        ),
    ],
)
def test_examples_of_the_standard_break_no_rule(document):
    assert check_geojson(json.dumps(document), "rfc7946") == []


@pytest.mark.parametrize(
    "shape",
    [
        shapely.Point(80.41, 44.21),
        shapely.LineString([(80.41, 44.21), (87.62, 43.83)]),
        shapely.box(80, 44, 81, 45, ccw=False),
        shapely.box(80, 44, 83, 47).difference(shapely.box(81, 45, 82, 46)),
    ],
)
def test_what_gdal_writes_by_the_standard_breaks_no_rule(tmp_path, shape):
    path = tmp_path / "gdal.geojson"
    gpd.GeoDataFrame({"id": [1]}, geometry=[shape], crs="EPSG:4326").to_file(path, RFC7946="YES")
    assert check_geojson(path.read_bytes(), path.name) == []


# --- the corpus -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.geojson")), ids=lambda path: path.stem)
def test_each_file_of_the_corpus_breaks_just_the_rules_that_it_is_for(path):
    code = path.stem.split("-")[0].upper()
    expected = SEVERAL.get(path.stem, set() if code == "GOOD" else {code})
    findings = check_geojson(path.read_bytes(), path.name)
    assert {finding.rule for finding in findings} == expected
    assert all(str(finding).startswith(f"{path.name}: ") for finding in findings)
    assert all(finding.remedy and finding.message for finding in findings)


def test_the_corpus_and_the_table_know_every_rule():
    tried = {path.stem.split("-")[0].upper() for path in HOSTILE.glob("g[0-9]*.geojson")}
    assert tried == set(RULES) == set(geojson_rules.REMEDIES)
    assert set(RULES) >= ADVICE
    assert all(f"\n{code}" in geojson_rules.__doc__ for code in RULES)


@pytest.mark.parametrize("path", sorted(HOSTILE.glob("*.geojson")), ids=lambda path: path.stem)
def test_the_strict_reader_refuses_just_what_breaks_a_rule(path):
    if path.stem.startswith("good-"):
        assert read_geojson(path).crs == "EPSG:4326"
        return
    faults = [found for found in check_geojson(path.read_bytes(), path.name) if found.level == "fault"]
    if not faults:
        assert read_geojson(path).crs == "EPSG:4326"
        return
    with pytest.raises(InputError, match=r"Remedy: .*\.") as raised:
        read_geojson(path)
    assert str(faults[0]) in str(raised.value)


# --- single rules -----------------------------------------------------------------------------------------------------


def test_a_finding_names_feature_property_and_remedy_in_one_line():
    document = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": "rail/x", "properties": {"km\n\x1b[31m": float("nan")}, "geometry": None}
        ],
    }
    nan, null = check_geojson(json.dumps(document), "a\nb.geojson")
    assert (nan.rule, str(nan.where), nan.column) == ("G06", "feature 0 (id rail/x)", "km\n\x1b[31m")
    assert str(nan) == (
        "a\\nb.geojson: feature 0 (id rail/x): km\\n\\x1b[31m: nan is not a finite number. "
        "Remedy: write the number itself, or null where it is not known."
    )
    assert list(null.as_dict()) == ["rule", "file", "where", "property", "message", "remedy", "level"]
    assert null.as_dict()["property"] == "geometry"


def test_a_fault_of_syntax_is_found_by_line_and_column():
    (finding,) = check_geojson('{\n"type": "Point",\n"coordinates": [1, 2]\n"id": 1}', "a.geojson")
    assert (finding.rule, str(finding.where)) == ("G01", "line 4, column 1")


def test_equal_faults_of_one_feature_are_counted_not_repeated():
    line = geometry("LineString", [[80.0, 100.0 + step] for step in range(9)])
    (finding,) = check_geojson(line, "a.geojson")
    assert str(finding.message).endswith("and 8 more like it")


def test_swapped_positions_inside_the_range_are_found_by_where_they_should_be():
    almaty = geometry("Point", [-5.0, 43.26])
    swapped = geometry("Point", [43.26, -5.0])
    assert rules(almaty, bounds=EURASIA) == rules(swapped) == set()
    assert rules(swapped, bounds=EURASIA) == {"G08"}
    assert rules(geometry("Point", [0.0, -80.0]), bounds=EURASIA) == set()


def test_expected_area_may_cross_180_degrees():
    bering = (160.0, 50.0, -160.0, 72.0)
    assert rules(geometry("Point", [-170.0, 65.0]), bounds=bering) == set()
    assert rules(geometry("Point", [65.0, 170.0]), bounds=bering) == {"G08"}


@pytest.mark.parametrize("name", ["urn:ogc:def:crs:OGC:1.3:CRS84", "EPSG:4326", "EPSG:3857", ""])
def test_a_crs_member_is_named(name):
    document = {"type": "Point", "coordinates": [1, 2], "crs": {"type": "name", "properties": {"name": name}}}
    (finding,) = check_geojson(json.dumps(document), "a.geojson")
    assert finding.rule == "G04"
    assert (name or "unknown") in str(finding.message)
    assert ("delete" in str(finding.remedy)) == name.endswith(("84", "4326"))


@pytest.mark.parametrize(("value", "expected"), [(12.1234567, set()), (12.12345678, {"G15"}), (-180.0, set())])
def test_seven_decimals_are_enough(value, expected):
    assert rules(geometry("Point", [value, 0.1234567])) == expected


@pytest.mark.parametrize(
    ("step", "expected"),
    [((-179.0, 179.0), {"G13"}), ((179.0, -179.0), {"G13"}), ((-90.0, 90.0), set()), ((-180.0, 180.0), set())],
)
def test_the_antimeridian_is_met_in_both_directions(step, expected):
    assert rules(geometry("LineString", [[step[0], 60.0], [step[1], 61.0]])) == expected


def test_an_id_is_its_type_too():
    features = [{"type": "Feature", "id": known, "properties": {}, "geometry": None} for known in (1, "1", 1.5, True)]
    found = check_geojson(json.dumps({"type": "FeatureCollection", "features": features}), "a.geojson")
    assert [str(finding.where) for finding in found if finding.rule == "G14"] == ["feature 3"]


# --- anything at all --------------------------------------------------------------------------------------------------

TYPES = sorted(geojson_check.GEOMETRY_TYPES)
MEMBERS = ["type", "features", "geometry", "geometries", "properties", "coordinates", "bbox", "crs", "id", "name"]
WORDS = st.sampled_from([*MEMBERS, *TYPES, "Feature", "FeatureCollection", "Topology", "point"])
NUMBERS = st.floats() | st.integers() | st.integers(-200, 200) | st.sampled_from([10**400, -(10**309), 180, -90, 1e308])
SCALARS = st.none() | st.booleans() | NUMBERS | st.text(max_size=5) | WORDS | st.sampled_from(["\ud800", "\u2028\x1b"])
ANYTHING = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(WORDS | st.text(max_size=3), inner, max_size=5),
    max_leaves=25,
)
GEOMETRY = st.fixed_dictionaries(
    {"type": st.sampled_from(TYPES) | SCALARS, "coordinates": ANYTHING},
    optional={"geometries": ANYTHING, "bbox": st.lists(NUMBERS, min_size=4, max_size=6), "crs": ANYTHING},
)
FEATURE = st.dictionaries(WORDS, ANYTHING | GEOMETRY).map(lambda odd: {"type": "Feature", **odd})
COLLECTION = st.fixed_dictionaries(
    {"type": st.just("FeatureCollection"), "features": st.lists(FEATURE, max_size=3) | ANYTHING},
    optional={"bbox": st.lists(NUMBERS, min_size=4, max_size=6) | ANYTHING, "crs": ANYTHING},
)

# Nearly valid input: exactly the texts that pass the rules must be readable.
POSITION = st.tuples(st.integers(-3, 3), st.integers(-3, 3)).map(list)
LINE = st.lists(POSITION, max_size=5)
RING = st.sampled_from([[[0, 0], [3, 0], [3, 3], [0, 0]], [[1, 1], [2, 2], [2, 1], [1, 1]]]) | LINE
POLYGON = st.lists(RING, max_size=3)
NEARLY_GOOD = st.recursive(
    st.sampled_from([POSITION, LINE, POLYGON, st.lists(LINE, max_size=2), st.lists(POLYGON, max_size=2)])
    .flatmap(lambda coordinates: st.tuples(st.sampled_from(TYPES), coordinates))
    .map(lambda pair: {"type": pair[0], "coordinates": pair[1]}),
    lambda inner: st.lists(inner, max_size=3).map(lambda parts: {"type": "GeometryCollection", "geometries": parts}),
    max_leaves=4,
)
NEARLY_GOOD_FEATURE = st.fixed_dictionaries(
    {
        "type": st.just("Feature"),
        "geometry": NEARLY_GOOD,
        "properties": st.dictionaries(st.sampled_from("abc"), SCALARS),
    },
    optional={"id": st.integers() | st.text(max_size=2)},
)


def assert_findings(findings):
    """Check that all findings can be printed."""
    for finding in findings:
        assert isinstance(finding, Finding)
        assert finding.rule in RULES
        assert str(finding).isprintable()
        assert json.dumps(finding.as_dict(), ensure_ascii=False).encode("utf-8")


@given(st.binary() | st.text())
def test_no_text_or_bytes_ever_raise(source):
    assert_findings(check_geojson(source, "a.geojson", bounds=EURASIA))


@settings(max_examples=200)
@given(document=COLLECTION | FEATURE | GEOMETRY | ANYTHING, ascii_only=st.booleans())
@pytest.mark.slow
def test_no_json_ever_raises(document, ascii_only):
    assert_findings(check_geojson(json.dumps(document, ensure_ascii=ascii_only), "a.geojson", bounds=EURASIA))


@settings(max_examples=300)
@given(document=NEARLY_GOOD_FEATURE)
@pytest.mark.slow
def test_what_breaks_no_law_can_be_read(tmp_path_factory, document):
    text = json.dumps(document)
    findings = check_geojson(text, "a.geojson")
    assert_findings(findings)
    if not {finding.rule for finding in findings} - ADVICE:
        event("read")
        path = tmp_path_factory.getbasetemp() / "nearly-good.geojson"
        path.write_text(text, encoding="utf-8")
        assert len(read_geojson(path, lenient=True)) == 1


@given(data=st.data())
def test_a_good_file_cut_off_or_garbled_anywhere_never_raises(data):
    good = (HOSTILE / "good-every-type.geojson").read_bytes()
    start = data.draw(st.integers(0, len(good)))
    end = data.draw(st.integers(start, min(len(good), start + 20)))
    assert_findings(check_geojson(good[:start] + data.draw(st.binary(max_size=8)) + good[end:], "a.geojson"))


# --- notes, and one finding for one cause -----------------------------------------------------------------------------


def levels(frame, tmp_path, **options):
    """The findings for a frame as GDAL writes it: levels, rules and properties."""
    path = tmp_path / "gdal.geojson"
    frame.to_file(path, driver="GeoJSON", **options)
    return [(found.level, found.rule, found.column) for found in check_geojson(path.read_bytes(), path.name)]


def points(count):
    return [shapely.Point(60 + number / 1000, 40) for number in range(count)]


def test_what_gdal_writes_by_itself_is_right_but_for_a_note(tmp_path):
    frame = gpd.GeoDataFrame({"id": range(2)}, geometry=points(2), crs="EPSG:4326")
    assert levels(frame, tmp_path) == [("note", "G04", "crs")]
    assert read_geojson(tmp_path / "gdal.geojson").crs == "EPSG:4326"


def test_a_geometry_that_is_null_or_empty_is_a_note(tmp_path):
    frame = gpd.GeoDataFrame({"id": range(3)}, geometry=[None, shapely.Point(), *points(1)], crs="EPSG:4326")
    assert {*levels(frame, tmp_path, RFC7946="YES")} == {("note", "G05", "geometry")}
    assert len(read_geojson(tmp_path / "gdal.geojson")) == 3


@pytest.mark.parametrize("system", [3857, 32643, 2056])
@pytest.mark.parametrize("said", [True, False])
def test_a_projected_file_is_one_finding(tmp_path, system, said):
    frame = gpd.GeoDataFrame({"id": range(3000)}, geometry=points(3000), crs="EPSG:4326").to_crs(system)
    frame.to_file(tmp_path / "gdal.geojson", driver="GeoJSON", WRITE_BBOX="YES")
    document = json.loads((tmp_path / "gdal.geojson").read_text(encoding="utf-8"))
    if not said:
        del document["crs"]
    [finding] = check_geojson(json.dumps(document), "gdal.geojson")
    assert (finding.level, finding.rule, finding.column) == ("fault", "G04", "crs")
    assert (str(system) in str(finding.message)) == said
    assert "-t_srs EPSG:4326" in str(finding.remedy)


@pytest.mark.parametrize("count", [10, 11, 3000])
def test_what_many_features_have_is_one_finding_that_counts_them(count):
    ring = [[60, 40], [60, 41], [61, 41], [61, 40], [60, 40]]  # clockwise
    feature = {"type": "Feature", "properties": None, "geometry": {"type": "Polygon", "coordinates": [ring]}}
    found = check_geojson(json.dumps({"type": "FeatureCollection", "features": [feature] * count}), "a.geojson")
    assert {one.rule for one in found} == {"G11"}
    assert len(found) == (count if count == 10 else 1)
    assert count == 10 or str(found[0].message).endswith(f"so {count} features in all")


def test_far_features_among_near_ones_are_told_one_by_one():
    near, far = ({"type": "Point", "coordinates": at} for at in ([60, 40], [6_000_000, 4_000_000]))
    features = [{"type": "Feature", "properties": None, "geometry": at} for at in (near, near, far)]
    found = check_geojson(json.dumps({"type": "FeatureCollection", "features": features}), "a.geojson")
    assert [one.rule for one in found] == ["G07"]
