"""corridors map, explore and add_layer: files and frames to one page, with legend, filters and totals."""

import json
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import corridors as package
from corridors import CorridorMap, UsageError, explore
from corridors.content.palette import contrast, palette
from corridors.content.vector_classes import classify
from tests.page_data import page_data

HOSTILE = "</script><img src=x onerror=alert(1)>{{ 7*7 }}${alert(1)}"


@pytest.fixture
def lines():
    """Four lines and a hole: with texts in four scripts, numbers, dates and missing values."""
    shapes = [shapely.LineString([(lon, 43), (lon + 1, 44)]) for lon in (70, 72, 74, 76)]
    columns = {
        "name": ["Almaty", "Ташкент", "西安", "Ürümqi", None],
        "kind": ["rail", "road", "rail", None, "rail"],
        "year": [1998, 2004, 2025, None, 2012],
        "built": pd.to_datetime(["1998-05-01", None, "2025-06-17", "2001-01-01", "2012-12-22"]),
        "double": [True, False, True, True, False],
    }
    return gpd.GeoDataFrame(columns, geometry=[*shapes, None], crs="EPSG:4326")


@pytest.fixture
def file(lines, tmp_path):
    """The same in a GeoPackage."""
    path = tmp_path / "steppe_lines.gpkg"
    lines.to_file(path, engine="pyogrio")
    return path


def page_of(corridors, file, *words):
    """The page of a file, and its data."""
    target = file.with_suffix(".html")
    ran = corridors("map", file, "-o", target, *words)
    assert (ran.code, ran.out) == (0, f"{target}\n"), ran.err
    html = target.read_text(encoding="utf-8")
    return html, page_data(html)


def titles(data, language="en"):
    return [entry["title"][language] for entry in data["classes"].values()]


# --- what a page has --------------------------------------------------------------------------------------------------


def test_a_file_without_any_option_is_a_map_with_legend_filters_and_totals(corridors, file):
    html, data = page_of(corridors, file)
    [layer] = data["columns"]
    [group] = data["map"]["groups"]
    assert "<title>steppe lines</title>" in html
    assert (layer["id"], layer["count"], layer["geometry"]["kind"], layer["label"]) == (
        "steppe-lines",
        5,
        "line",
        "name",
    )
    assert [column["name"] for column in layer["columns"]] == ["name", "kind", "year", "built", "double"]
    assert group["id"] == layer["id"]
    assert group["classes"] == list(data["classes"]) == layer["classes"]
    filters = {one["property"]: one.get("range") or one["values"] for one in data["map"]["filters"]}
    assert filters == {
        "kind": ["rail", "road"],
        "year": [1998, 2025],
        "built": [10347, 20256],
        "double": ["false", "true"],
    }


def test_the_totals_of_a_layer_are_those_of_stats(corridors, file):
    _, data = page_of(corridors, file)
    measured = json.loads(corridors("stats", file, "--format", "json").out)["measures"]
    stats = {one["label"].removeprefix("stat."): one["value"] for one in data["map"]["groups"][0]["stats"]}
    assert stats == {one["name"]: one["value"] for one in measured}


def test_the_view_has_all_features_and_a_margin(corridors, file, lines):
    west, south, east, north = page_of(corridors, file)[1]["map"]["view"]["bounds"]
    assert west < lines.total_bounds[0] < lines.total_bounds[2] < east
    assert south < lines.total_bounds[1] < lines.total_bounds[3] < north


def test_layers_of_several_files_and_kinds_have_ids_of_their_own(corridors, tmp_path):
    points = gpd.GeoDataFrame(geometry=[shapely.Point(1, 1), shapely.LineString([(0, 0), (1, 1)])], crs=4326)
    paths = [tmp_path / folder / "same.geojson" for folder in ("a", "b")]
    for path in paths:
        path.parent.mkdir()
        points.to_file(path)
    ran = corridors("map", *paths, "-o", tmp_path / "m.html")
    assert ran.code == 0, ran.err
    data = page_data((tmp_path / "m.html").read_text(encoding="utf-8"))
    assert [layer["id"] for layer in data["columns"]] == ["same-point", "same-line", "same-point-2", "same-line-2"]
    assert [group["title"]["nl"] for group in data["map"]["groups"][:2]] == ["same · punten", "same · lijnen"]
    assert len(data["classes"]) == 4


def test_layers_of_one_file_are_called_without_the_name_of_the_file(corridors, tmp_path):
    points = gpd.GeoDataFrame(geometry=[shapely.Point(1, 1)], crs=4326)
    for layer in ("cities", "river_ports"):
        points.to_file(tmp_path / "all.gpkg", layer=layer)
    assert corridors("map", tmp_path / "all.gpkg", "-o", tmp_path / "m.html").code == 0
    data = page_data((tmp_path / "m.html").read_text(encoding="utf-8"))
    assert [group["title"]["en"] for group in data["map"]["groups"]] == ["cities", "river ports"]


def test_ids_positions_and_texts_that_all_differ_have_no_filter(corridors, tmp_path):
    rows = [
        "name,kind,lat,lon,osm_id,height",
        *(f"n{nth},k{nth % 2},{nth}.5,{nth},{nth},{nth * 2}" for nth in range(8)),
    ]
    (tmp_path / "p.csv").write_text("\n".join(rows), encoding="utf-8")
    assert corridors("map", tmp_path / "p.csv", "-o", tmp_path / "p.html").code == 0
    data = page_data((tmp_path / "p.html").read_text(encoding="utf-8"))
    assert [one["property"] for one in data["map"]["filters"]] == ["kind", "height"]


def test_countries_are_named_in_four_languages(corridors, file):
    labels = {label["iso"]: label for label in page_of(corridors, file)[1]["basemap"]["labels"]}
    assert labels["KAZ"]["name"] == {"en": "Kazakhstan", "nl": "Kazachstan", "ru": "Казахстан", "zh": "哈萨克斯坦"}
    assert 60 < labels["KAZ"]["lon"] < 75
    assert page_of(corridors, file, "--no-basemap", "--force")[1]["basemap"] == {}


@pytest.mark.parametrize("size", [0.001, 0.02, 3.0])
def test_data_of_any_size_fill_most_of_the_first_view(size):
    line = shapely.LineString([(69.3, 41.3), (69.3 + size, 41.3)])
    frame = gpd.GeoDataFrame(geometry=[line], crs=4326)
    west, south, east, north = CorridorMap().add_layer(frame).payload()["map"]["view"]["bounds"]
    assert east - west == pytest.approx(max(0.005, size * 1.06), abs=2e-5)
    assert (west + east) / 2 == pytest.approx(69.3 + size / 2, abs=2e-5)
    assert north - south == pytest.approx(0.005, abs=2e-5)


def test_only_pages_with_columns_may_start_a_worker(corridors, file):
    html, _ = page_of(corridors, file)
    assert "worker-src blob:" in html
    bare = CorridorMap().get_root().render()
    assert "worker-src" not in bare
    assert 'id="corridors-worker"' not in bare


# --- classes ----------------------------------------------------------------------------------------------------------


def test_classes_by_value_are_the_most_frequent_first_and_missing_ones_last(corridors, file):
    _, data = page_of(corridors, file, "--by", "kind")
    assert titles(data) == ["rail", "road", "no value"]
    assert titles(data, "zh") == ["rail", "road", "无值"]


def test_rare_values_share_a_class():
    column = pd.Series([f"v{nth % 30:02}" for nth in range(100)])
    found = classify(column)
    assert [title["en"] for title in found.titles] == [*(f"v{nth:02}" for nth in range(10)), "other values"]
    assert np.bincount(found.codes).tolist() == [4] * 10 + [60]


def test_numbers_are_in_the_step_that_holds_them():
    values = pd.Series(np.random.default_rng(5).normal(1000, 300, 400).round(1))
    found = classify(values, steps=4)
    assert np.bincount(found.codes).tolist() == [100] * 4
    for code, title in enumerate(found.titles):
        least, most = (float(text.replace(",", "")) for text in title["en"].split(" – "))
        inside = values[found.codes == code]
        assert inside.min() >= least - 0.5
        assert inside.max() <= most + 0.5


def test_one_place_is_seen_in_its_surroundings_and_a_street_is_not():
    for far, most in ((0, 4), (5e-5, 4), (1e-3, 0.01)):
        frame = gpd.GeoDataFrame(geometry=shapely.points([(76.9, 43.2), (76.9 + far, 43.2)]), crs=4326)
        west, _, east, _ = CorridorMap().add_layer(frame).payload()["map"]["view"]["bounds"]
        assert most / 2 < east - west <= most
        assert (west + east) / 2 == pytest.approx(76.9 + far / 2, abs=1e-5)


def test_dates_are_steps_in_time_and_few_of_them_are_values_in_their_order():
    days = pd.Series(pd.date_range("2001-01-01", periods=101, freq="D"), name="opened")
    found = classify(pd.concat([days, pd.Series([pd.NaT])]), steps=2)
    assert [title["nl"] for title in found.titles[:-1]] == ["2001-01-01 – 2001-02-20", "2001-02-20 – 2001-04-11"]
    assert (found.titles[-1]["en"], np.bincount(found.codes).tolist()) == ("no value", [51, 50, 1])
    assert classify(days.dt.tz_localize("Asia/Almaty"), steps=2).titles[0]["en"] == "2000-12-31 – 2001-02-19"
    few = days.iloc[[1, 0, 1]]
    assert [title["en"] for title in classify(few).titles] == ["2001-01-01", "2001-01-02"]


@pytest.mark.filterwarnings("ignore:Numba not installed")
@pytest.mark.parametrize("scheme", ["FisherJenks", "EqualInterval", "MaximumBreaks", "JenksCaspall"])
def test_steps_are_those_of_mapclassify(scheme):
    import mapclassify  # noqa: PLC0415 - takes seconds, in each process that collects tests

    values = pd.Series(np.random.default_rng(5).gamma(2, 100, 300))
    found = classify(values, scheme=scheme, steps=5)
    assert found.codes.tolist() == getattr(mapclassify, scheme)(values, k=5).yb.tolist()


def test_numbers_of_few_values_are_classes_in_their_order_unless_steps_are_asked_for():
    gauges = pd.Series([1520, 1435, 1520, 1000, None])
    assert [title["en"] for title in classify(gauges).titles] == ["1000", "1435", "1520", "no value"]
    assert classify(gauges, scheme="Quantiles", steps=2).titles[-1]["en"] == "no value"


@pytest.mark.parametrize("steps", range(2, 7))
def test_steps_go_from_near_the_ground_to_far_from_it_in_both_themes(steps):
    frame = gpd.GeoDataFrame({"v": np.arange(60)}, geometry=[shapely.Point(60, 40)] * 60, crs=4326)
    classes = CorridorMap().add_layer(frame, column="v", steps=steps).payload()["classes"].values()
    for theme, colours in (
        ("light", [one["style"]["color"] for one in classes]),
        ("dark", [one["dark"] for one in classes]),
    ):
        told = [contrast(colour, palette(theme).land) for colour in colours]
        assert told == sorted(told)
        assert len(set(told)) == steps
        assert min(told) > 1.8


def test_a_number_that_all_features_share_is_one_step():
    found = classify(pd.Series([7.0] * 9), scheme="Quantiles")
    assert [title["en"] for title in found.titles] == ["7 – 7"]
    assert set(found.codes) == {0}


# --- options ----------------------------------------------------------------------------------------------------------


def test_conditions_and_columns_choose_what_the_page_has(corridors, file):
    words = ("--where", "kind == 'rail'", "--columns", "kind", "--label", "name", "--by", "year")
    _, data = page_of(corridors, file, *words)
    [layer] = data["columns"]
    assert layer["count"] == 3
    assert [column["name"] for column in layer["columns"]] == ["kind", "year", "name"]


def test_precision_makes_the_page_smaller_and_web_leaves_out_what_nobody_sees(corridors, tmp_path):
    lat = 45 + np.random.default_rng(1).normal(0, 3e-5, 20_000)
    track = np.column_stack([np.linspace(60, 80, 20_000), lat])
    file = tmp_path / "track.geojson"
    gpd.GeoDataFrame(geometry=[shapely.LineString(track)], crs=4326).to_file(file)
    sizes = [len(page_of(corridors, file, "--precision", word, "--force")[0]) for word in ("7", "5", "web")]
    assert sizes[0] > sizes[1] > sizes[2] + 10_000


def test_a_page_is_the_same_bytes_each_time(corridors, file):
    assert page_of(corridors, file, "--by", "kind")[0] == page_of(corridors, file, "--by", "kind", "--force")[0]


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--by", "kin"), ("'kin'", "kind")),
        (("--label", "nam"), ("'nam'", "name")),
        (("--columns", "kind,nope"), ("'nope'",)),
        (("--by", "kind", "--scheme", "FisherJenks"), ("kind", "--scheme")),
        (("--by", "year", "--scheme", "Fischer"), ("'Fischer'", "FisherJenks", "Quantiles")),
        (("--by", "year", "--scheme", "Quantiles", "--steps", "9"), ("9", "2 to 6")),
        (("--precision", "8"), ("8", "0 to 7", "web")),
        (("--precision", "fine"), ("'fine'", "web")),
        (("--where", "kind == 'air'"), ("no feature",)),
        (("--layer", "nope"), ("'nope'", "steppe_lines")),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(corridors, one_message, file, words, named):
    target = file.with_suffix(".html")
    one_message(corridors("map", file, "-o", target, *words), 2, *named)
    assert not target.exists()


def test_a_file_of_somebody_else_is_not_replaced(corridors, one_message, file):
    target = file.with_suffix(".html")
    target.write_text("mine", encoding="utf-8")
    one_message(corridors("map", file, "-o", target), 4, str(target), "--force")
    assert target.read_text(encoding="utf-8") == "mine"
    assert corridors("map", file, "-o", target, "--force").code == 0
    assert corridors("map", file, "-o", target).code == 0  # a page of ours is replaced


# --- text of data -----------------------------------------------------------------------------------------------------


def test_text_of_data_reaches_a_page_only_as_data(corridors, tmp_path):
    frame = gpd.GeoDataFrame({HOSTILE: [HOSTILE, "b"]}, geometry=[shapely.Point(1, 1), shapely.Point(2, 2)], crs=4326)
    file = tmp_path / "hostile.geojson"
    frame.to_file(file)
    html, data = page_of(corridors, file, "--by", HOSTILE, "--title", HOSTILE, "--licence", HOSTILE)
    assert HOSTILE in titles(data)
    assert data["map"]["title"]["en"] == HOSTILE
    assert data["map"]["groups"][0]["licence"] == HOSTILE
    outside = re.sub(r"<script type=\"application/zlib\"[^<]*</script>", "", html)
    assert "<img src=x" not in outside
    assert outside.count("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;{{ 7*7 }}") >= 1
    assert "49" not in re.findall(r"<title>.*?</title>", html)[0]


# --- frames -----------------------------------------------------------------------------------------------------------


def test_explore_is_the_map_of_a_frame(lines):
    page = explore(lines, "kind", title="Lines", name="steppe")
    data = page_data(page.get_root().render())
    assert isinstance(page, CorridorMap)
    assert titles(data) == ["rail", "road", "no value"]
    assert data["columns"][0]["id"] == "steppe"
    assert package.explore is explore


def test_a_frame_in_another_system_is_the_same_map(lines):
    other = explore(lines.to_crs(3857)).get_root().render()
    assert other == explore(lines).get_root().render()
    assert lines.crs.to_epsg() == 4326


def test_layers_are_added_one_by_one_beside_elements_of_folium(lines):
    folium = pytest.importorskip("folium")
    page = CorridorMap(title="Both").add_layer(lines, "one").add_layer(lines, "one", column="year", color="#123456")
    folium.Marker([43, 76], tooltip="here").add_to(page)
    data = page_data(page.get_root().render())
    assert [layer["id"] for layer in data["columns"]] == ["one", "one-2"]
    assert [element["type"] for element in data["elements"]] == ["marker"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (lambda frame: {"frame": frame.set_crs(None, allow_override=True)}, "set_crs"),
        (lambda frame: {"frame": frame, "column": "nope"}, "'nope'"),
        (lambda frame: {"frame": frame, "label": "geometry"}, "'geometry'"),
        (lambda frame: {"frame": frame, "precision": 9}, "0 to 7"),
        (lambda frame: {"frame": frame, "column": "year", "scheme": "Quantiles", "steps": 1}, "2 to 6"),
    ],
)
def test_frames_that_cannot_be_drawn_are_refused_with_a_remedy(lines, change, named):
    with pytest.raises(UsageError, match="Remedy") as refused:
        CorridorMap().add_layer(**change(lines))
    assert named in str(refused.value)


def test_a_frame_without_features_or_columns_is_a_map_too(lines):
    for frame in (lines[:0], lines[["geometry"]]):
        assert page_data(explore(frame).get_root().render())["columns"][0]["count"] == len(frame)


@pytest.mark.parametrize(("lang", "label"), [("nl", "name_nl"), ("ru", "name"), ("en", "name")])
def test_a_feature_is_named_in_the_language_of_the_page_or_as_it_is(lines, lang, label):
    frame = lines.assign(name_nl=lines["name"], name_zh=lines["name"])
    assert page_data(explore(frame, lang=lang).get_root().render())["columns"][0]["label"] == label


def test_a_layer_of_one_class_says_what_kind_of_features_it_has(lines):
    assert titles(page_data(explore(lines, name="steppe").get_root().render()), "nl") == ["lijnen"]


def test_a_line_over_the_antimeridian_of_a_frame_does_not_go_round_the_world():
    line = shapely.LineString([(179, 10), (-179, 11)])
    [layer] = explore(gpd.GeoDataFrame(geometry=[line], crs=4326)).layers
    west, east = sorted(shapely.get_parts(layer.frame.geometry.iloc[0]), key=lambda part: part.bounds[0])
    assert west.bounds[::2] == (-180, -179)
    assert east.bounds[::2] == (179, 180)


@pytest.mark.parametrize("position", [(float("inf"), 3), (76, 9e9)])
def test_a_position_that_is_not_on_earth_is_refused_with_its_feature(position):
    frame = gpd.GeoDataFrame(geometry=[shapely.Point(1, 1), shapely.Point(position)], crs=4326)
    with pytest.raises(UsageError, match=r"feature 1 of the frame.*Remedy"):
        explore(frame)
