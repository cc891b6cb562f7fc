"""A page's data: it is decoded unchanged, and it stays data whatever it contains."""

import hashlib
from html.parser import HTMLParser

import numpy as np
import pytest
import shapely
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corridors.app import build
from corridors.web.letters import PORTION, letters
from corridors.web.page import page_html
from corridors.web.payload import BASEMAP_STEP, FEATURE_STEP, compressed_json, deltas, encode_geometry
from tests.page_data import decoded, plain

MARK = "qzxmark"
HOSTILE = [
    "{{7*7}}",
    "{% raw %}{{ payload }}{% endraw %}",
    "${7*7}",
    "`${alert(1)}`",
    "</script><script>alert(1)</script>",
    "</SCRIPT ><img src=x onerror=alert(1)>",
    "<!--<script>",
    "-->",
    "]]>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "&lt;b&gt;&amp;amp;",
    "\u2028\u2029",
    "\\u003c/script\\u003e",
    "\\",
    "javascript:alert(1)",
    "\u202eright to left\u202c",
]

calm = settings(deadline=None)
numbers = st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False)
leaves = st.none() | st.booleans() | numbers | st.text()
plain_data = st.dictionaries(
    st.text(),
    st.recursive(leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)),
    max_size=4,
)


class Page(HTMLParser):
    """A page as a reader of HTML sees it: its elements in order, its data, its other text."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.elements, self.texts = [], []
        self._data, self._within = [], None
        self.feed(html)
        self.close()

    @property
    def shape(self):
        """Which elements there are, with the names of their attributes."""
        return [(tag, sorted(attributes)) for tag, attributes in self.elements]

    @property
    def data(self):
        """The content of the inert element."""
        return decoded("".join(self._data))

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._within = dict(attrs).get("id") if tag == "script" else None

    def handle_endtag(self, tag):  # noqa: ARG002 - the parser passes it
        self._within = None

    def handle_data(self, data):
        (self._data if self._within == "corridors-data" else self.texts).append(data)

    def handle_comment(self, data):
        self.elements.append(("comment", {data: ""}))


def small_page(text="", *, title="A map", statement="It says so."):
    """A page that holds a text in the name of one feature."""
    feature = {"id": "cities/a", "name": {"en": text, text: "as a key"}, "note": text}
    about = {"title": {"en": title}, "statement": {"en": statement}}
    return {"lang": "en", "map": about, "features": [feature]}


# --- inert text -------------------------------------------------------------------------------------------------------


@calm
@given(plain_data)
def test_data_comes_back_as_it_went_in(data):
    assert decoded(compressed_json(data)) == data


@calm
@given(st.text())
@example("</script>")
@example("<!--")
@example("\u2028\u2029")
@example("]]>&amp;")
def test_no_text_can_end_the_element_or_a_line(text):
    written = compressed_json({text: [text]})
    assert not set(written) & {"<", "\r", "\0"}
    assert max(written) < "\u0100"
    assert decoded(written) == {text: [text]}


@pytest.mark.parametrize("size", [0, 1, 6, 7, 8, 4096, PORTION - 1, PORTION, PORTION + 1])
def test_bytes_come_back_from_letters(size):
    data = (bytes(range(256)) * (size // 256 + 1))[:size]
    assert plain(letters(data)) == data


@pytest.mark.parametrize("number", [float("nan"), float("inf"), -float("inf")])
def test_what_is_no_number_of_json_is_refused(number):
    with pytest.raises(ValueError, match="JSON"):
        compressed_json({"value": number})


def test_the_stream_has_the_same_bytes_on_every_machine():
    data = {"lines": [[nth * nth % 977 - 400 for nth in range(5000)], "霍尔果斯 Хоргос قورغاس Ürümqi " * 50]}
    digest = hashlib.sha256(compressed_json(data).encode()).hexdigest()
    assert digest == "500f2a2df217edb0a32973fe2100d26575b78e7229cfcb496705c52584f9031f"


# --- a page -----------------------------------------------------------------------------------------------------------


@settings(max_examples=30)
@given(st.text(max_size=60))
def test_a_page_holds_any_text_as_data_and_nothing_but_data(text):
    payload = small_page(text)
    page = Page(page_html(payload))
    assert page.data == payload
    assert page.shape == Page(page_html(small_page())).shape


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_data_and_stands_nowhere_else(text):
    html = page_html(small_page(MARK + text))
    page = Page(html)
    assert page.data == small_page(MARK + text)
    assert page.shape == Page(page_html(small_page())).shape
    assert MARK not in "".join(page.texts)
    assert MARK not in html


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_headings_are_read_as_they_are(text):
    page = Page(page_html(small_page(title=MARK + text, statement=text + MARK)))
    assert page.shape == Page(page_html(small_page())).shape
    shown = "".join(page.texts)
    assert shown.count(MARK + text) == 2  # the title, and the heading for readers without script
    assert text + MARK in shown
    assert [about["content"] for tag, about in page.elements if about.get("name") == "description"] == [text + MARK]


def test_hostile_facts_go_through_a_whole_build(tmp_path, copy_of_data, built):
    """From the cell of a table to the page: unchanged as data, absent from all else."""
    facts = copy_of_data(tmp_path)
    names = [f"{MARK} {text}".strip() for text in HOSTILE]
    for row, name in enumerate(names, start=1):
        facts.change("cities", {"name_en": name, "note": name}, row=row)
        facts.change("rail_lines", {"operator": name}, row=row)
        facts.change("ports", {"name_zh": name, "capacity": name}, row=row)
    folders = build.find_folders(facts.folder.parent, tmp_path / "maps")
    [(_, html)] = list(build.render(folders, build.BuildOptions(maps=["overview"])))
    page = Page(html.decode())
    assert page.shape == Page((built / "maps" / "overview.html").read_text(encoding="utf-8")).shape
    assert MARK not in "".join(page.texts)
    features = {feature["id"].split("/")[0]: [] for feature in page.data["features"]}
    for feature in page.data["features"]:
        features[feature["id"].split("/")[0]].append(feature)
    assert {feature["name"]["en"] for feature in features["cities"]} >= set(names)
    assert {feature["note"] for feature in features["cities"] if "note" in feature} >= set(names)
    assert {feature["name"].get("zh") for feature in features["ports"]} >= set(names)
    for layer in ("rail", "ports"):
        assert {fact.get("text") for feature in features[layer] for fact in feature["facts"]} >= set(names)


# --- coordinates ------------------------------------------------------------------------------------------------------

lines = st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), min_size=1, max_size=20)


def undone(codes, step):
    """Positions from delta-coded integers, as the page decodes them."""
    return np.cumsum(np.array(codes).reshape(-1, 2), axis=0) * step


@calm
@given(lines, st.sampled_from([FEATURE_STEP, BASEMAP_STEP]))
def test_coordinates_come_back_within_half_a_step(path, step):
    codes = deltas(np.array(path), step)
    assert all(type(code) is int for code in codes)
    assert len(codes) % 2 == 0
    back = undone(codes, step)
    at = 0  # consecutive positions with the same code become one, so each position is at its own code or the last one
    for place in path:
        while np.abs(back[at] - place).max() > step / 2 + 1e-9:
            at += 1
    assert at >= len(back) - 2


@calm
@given(lines, st.sampled_from([FEATURE_STEP, BASEMAP_STEP]))
def test_no_code_stands_for_standing_still(path, step):
    codes = np.array(deltas(np.array(path), step)).reshape(-1, 2)
    still = np.all(codes[1:] == 0, axis=1)
    assert not still.any() or len(codes) == 2  # a line shorter than a step


def test_a_known_code():
    line = np.array([(80.29600, 44.16400), (80.45600, 44.15600)])
    assert deltas(line) == [8029600, 4416400, 16000, -800]
    assert deltas(line, BASEMAP_STEP) == [20074, 11041, 40, -2]


def test_a_line_shorter_than_a_step_keeps_two_ends():
    assert deltas(np.array([(80.0, 44.0), (80.000001, 44.0)])) == [8000000, 4400000, 0, 0]
    assert deltas(np.array([(80.0, 44.0)])) == [8000000, 4400000]


@pytest.mark.parametrize(
    ("wkt", "kind", "codes"),
    [
        ("POINT (1 2)", "Point", [100_000, 200_000]),
        ("POINT Z (1 2 700)", "Point", [100_000, 200_000]),
        ("LINESTRING (1 2, 2 2, 2 1)", "LineString", [100_000, 200_000, 100_000, 0, 0, -100_000]),
        ("MULTIPOINT ((1 2), (-1 0))", "MultiPoint", [[100_000, 200_000], [-100_000, 0]]),
        (
            "MULTILINESTRING ((179 0, 180 0), (-180 0, -179 0))",
            "MultiLineString",
            [[17_900_000, 0, 100_000, 0], [-18_000_000, 0, 100_000, 0]],
        ),
        (
            "POLYGON ((0 0, 9 0, 0 9, 0 0), (1 1, 1 2, 2 1, 1 1))",
            "Polygon",
            [
                [0, 0, 900_000, 0, -900_000, 900_000, 0, -900_000],
                [100_000, 100_000, 0, 100_000, 100_000, -100_000, -100_000, 0],
            ],
        ),
        (
            "MULTIPOLYGON (((0 0, 9 0, 0 9, 0 0)))",
            "MultiPolygon",
            [[[0, 0, 900_000, 0, -900_000, 900_000, 0, -900_000]]],
        ),
    ],
)
def test_geometries_are_nested_as_in_geojson(wkt, kind, codes):
    assert encode_geometry(shapely.from_wkt(wkt)) == {"t": kind, "c": codes}


@calm
@given(st.lists(st.tuples(st.floats(-179, 179), st.floats(-80, 80)), min_size=3, max_size=8, unique=True))
def test_a_ring_stays_closed(path):
    [ring] = encode_geometry(shapely.Polygon(path))["c"]
    back = undone(ring, FEATURE_STEP)
    assert back[-1] == pytest.approx(back[0], abs=1e-9)


# --- geometry back ----------------------------------------------------------------------------------------------------

places = st.tuples(st.floats(-180, 180), st.floats(-90, 90))
courses = st.lists(places, min_size=2, max_size=8, unique_by=lambda place: (round(place[0], 2), round(place[1], 2)))
squares = st.tuples(st.floats(-170, 170), st.floats(-80, 80), st.floats(0.5, 5)).map(
    lambda one: shapely.box(one[0], one[1], one[0] + one[2], one[1] + one[2]).difference(
        shapely.Point(one[0] + one[2] / 2, one[1] + one[2] / 2).buffer(one[2] / 4, 2)
    )
)
shapes_of_all_kinds = st.one_of(
    places.map(shapely.Point),
    courses.map(shapely.LineString),
    squares,
    st.lists(places, min_size=1, max_size=4).map(shapely.MultiPoint),
    st.lists(courses, min_size=1, max_size=3).map(shapely.MultiLineString),
    st.lists(squares, min_size=1, max_size=3).map(shapely.MultiPolygon),
)


def positions(codes, step):
    return np.cumsum(np.reshape(codes, (-1, 2)), axis=0) * step


def shape_of(kind, codes, step):
    """The geometry of coded coordinates, read back as the page's script does."""
    if kind.startswith("Multi"):
        parts = [shape_of(kind.removeprefix("Multi"), part, step) for part in codes]
        return getattr(shapely, kind)(parts)
    if kind == "Polygon":
        shell, *holes = (positions(ring, step) for ring in codes)
        return shapely.Polygon(shell, holes)
    return shapely.Point(positions(codes, step)[0]) if kind == "Point" else shapely.LineString(positions(codes, step))


@calm
@given(shapes_of_all_kinds, st.sampled_from([FEATURE_STEP, BASEMAP_STEP]))
def test_a_geometry_that_comes_back_is_coded_as_it_was(shape, step):
    coded = encode_geometry(shape, step) | {"s": step}
    back = shape_of(coded["t"], coded["c"], step)
    assert back.geom_type == shape.geom_type
    assert encode_geometry(back, step) | {"s": step} == coded
    assert shapely.hausdorff_distance(back, shape) <= step


def test_every_feature_of_the_atlas_comes_back_to_within_a_metre(loaded):
    for name, frame in loaded.layers.items():
        for shape in frame.geometry:
            coded = encode_geometry(shape)
            back = shape_of(coded["t"], coded["c"], FEATURE_STEP)
            assert shapely.hausdorff_distance(back, shape) <= FEATURE_STEP, name
