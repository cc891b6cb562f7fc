"""Features of any kind to numbers: lengths and areas against GeographicLib, the split by country against geopandas."""

import functools
import json
import operator

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, MultiLineString, MultiPolygon, Point, Polygon, box

from corridors.errors import UsageError
from corridors.geo.countries import parts_by_country
from corridors.geo.geodesy import areas_km2, lengths_km
from corridors.layers.countries import read_outlines
from corridors.measures.vector_statistics import size_of, vector_totals

ROW = {"WST": box(60, 35, 70, 45), "EST": box(70, 35, 80, 45)}
"""Two countries side by side, with their border at 70° E."""


def measured(frame, outlines=ROW, **asked):
    found = {}
    for measure in vector_totals(frame, outlines, **asked).measures("mine"):
        found[tuple(value for key, value in measure.by.items() if key != "layer"), measure.name] = measure.value
    return found


def frame_of(*shapes, **columns):
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs="EPSG:4326")


def geographic_area(ring):
    polygon = Geodesic.WGS84.Polygon()
    for lon, lat in ring.coords[:-1]:
        polygon.AddPoint(lat, lon)
    return abs(polygon.Compute()[2]) / 1e6


@given(west=st.floats(-170, 160), south=st.floats(-80, 75), wide=st.floats(0.01, 10), high=st.floats(0.01, 5))
def test_areas_agree_with_geographiclib_and_leave_holes_out(west, south, wide, high):
    whole = box(west, south, west + wide, south + high)
    hole = box(west + wide / 4, south + high / 4, west + wide / 2, south + high / 2)
    holed = Polygon(whole.exterior, [hole.exterior])
    expected = geographic_area(whole.exterior) - geographic_area(hole.exterior)
    assert areas_km2([holed, MultiPolygon([whole]), LineString([(0, 0), (1, 1)]), None]) == pytest.approx(
        [expected, geographic_area(whole.exterior), 0, 0], rel=1e-9
    )


def test_a_line_over_a_border_is_a_feature_of_each_side_with_its_kilometres():
    frame = frame_of(
        LineString([(65, 40), (75, 40)]), LineString([(61, 41), (62, 41)]), Point(75, 40), name=list("abc")
    )
    found = measured(frame, by="country")
    assert found[("WST",), "features"] == 2
    assert found[("EST",), "features"] == 2, "a part of the line, and the point"
    whole = Geodesic.WGS84.Inverse(40, 65, 40, 75)["s12"] / 1000
    assert found[("EST",), "measured_km"] == pytest.approx(whole / 2, rel=1e-3)
    total = sum(value for (_, name), value in found.items() if name == "measured_km")
    assert total == pytest.approx(measured(frame)[(), "measured_km"], abs=0.1)


@pytest.fixture(scope="module")
def near_borders(repo):
    """Lines and areas on the borders of Central Asia, with their countries' outlines."""
    random = np.random.default_rng(0)
    starts = random.uniform((66, 37), (74, 43), (400, 2))
    courses = starts[:, None] + np.cumsum(random.normal(0, 0.3, (400, 8, 2)), axis=1)
    areas = shapely.buffer(shapely.points(starts[:50]), 0.4)
    frame = frame_of(*shapely.linestrings(courses), *areas, gauge=[1520, 1435.5, None] * 150)
    return frame, read_outlines(repo / "geodata" / "basemap")


@pytest.mark.parametrize("by", [None, "country", "gauge"])
@pytest.mark.parametrize("parts", [2, 20])
def test_the_totals_of_parts_add_up_to_those_of_the_whole_digit_by_digit(near_borders, by, parts):
    frame, outlines = near_borders
    whole = vector_totals(frame, outlines, by=by)
    order = np.random.default_rng(parts).permutation(len(frame))
    pieces = [vector_totals(frame.iloc[some], outlines, by=by) for some in np.array_split(order, parts)]
    assert functools.reduce(operator.add, pieces) == whole
    assert sum(total.km or 0 for total in whole.groups.values()) > 1e9
    assert sum(total.km2 or 0 for total in whole.groups.values()) > 1e9


def test_a_whole_number_is_the_same_value_whether_the_column_has_gaps_or_not():
    whole, gaps = (vector_totals(frame_of(Point(60, 40), Point(61, 40), lanes=lanes), ROW, by="lanes") for lanes in
                   ([4, 4], [4, None]))  # fmt: skip
    assert {value: total.features for value, total in (whole + gaps).groups.items()} == {"4": 3, "unknown": 1}


def test_what_lies_in_no_country_is_told_as_unknown():
    found = measured(frame_of(Point(0, 0), Point(65, 40), LineString([(79, 40), (82, 40)])), by="country")
    assert found[("unknown",), "features"] == 2
    assert found[("unknown",), "measured_km"] > 0


def test_a_line_that_only_touches_a_country_has_no_part_in_it():
    [part] = parts_by_country([LineString([(65, 40), (70, 40)])], ROW)
    assert part.country == "WST"


@pytest.mark.parametrize("seed", range(3))
def test_the_split_agrees_with_geopandas_overlay_on_the_real_borders(repo, seed):
    random = np.random.default_rng(seed)
    starts = random.uniform((40, 30), (110, 55), (300, 2))
    courses = starts[:, None, :] + np.cumsum(random.normal(0, 0.6, (300, 8, 2)), axis=1)
    lines = shapely.linestrings(courses)
    outlines = read_outlines(repo / "geodata" / "basemap")
    split = {part.country: lengths_km(part.shapes).sum() for part in parts_by_country(lines, outlines)}
    assert sum(split.values()) == pytest.approx(lengths_km(lines).sum(), rel=1e-6)
    countries = gpd.GeoDataFrame({"code": list(outlines)}, geometry=list(outlines.values()), crs="EPSG:4326")
    cut = gpd.overlay(gpd.GeoDataFrame(geometry=lines, crs="EPSG:4326"), countries, keep_geom_type=True)
    expected = pd.Series(lengths_km(cut.geometry.to_numpy())).groupby(cut["code"].to_numpy()).sum()
    assert {code for code, km in split.items() if code and km > 0.01} == {*expected[expected > 0.01].index}
    for code, km in expected.items():
        assert split.get(code, 0) == pytest.approx(km, rel=1e-5, abs=0.01)


def test_a_column_splits_by_its_values_and_what_is_missing_is_unknown():
    shapes = [LineString([(60, 40), (61, 40)]), LineString([(60, 40), (62, 40)]), box(60, 40, 61, 41)]
    found = measured(frame_of(*shapes, gauge=["1520", None, "1520"]), by="gauge")
    assert found[("1520",), "features"] == 2
    assert found[("1520",), "area_km2"] == pytest.approx(geographic_area(shapes[2].exterior), abs=0.06)
    assert found[("unknown",), "features"] == 1


@given(values=st.lists(st.sampled_from(["a", "b", "unknown", None, 3]), min_size=1, max_size=30))
def test_counts_by_a_column_are_those_of_pandas(values):
    frame = frame_of(*[Point(60, 40)] * len(values), kind=pd.array(values, dtype=object))
    found = measured(frame, by="kind")
    expected = pd.Series(values, dtype=object).fillna("unknown").map(str).value_counts()
    assert {of[0]: count for (of, _), count in found.items()} == expected.to_dict()


def test_a_column_named_country_goes_before_the_borders():
    found = measured(frame_of(Point(65, 40), Point(75, 40), country=["Ruritania", "Ruritania"]), by="country")
    assert found == {(("Ruritania",), "features"): 2}


def test_a_condition_chooses_by_columns():
    frame = frame_of(Point(60, 40), Point(61, 40), tracks=[1, 2])
    assert measured(frame, where="tracks > 1") == {((), "features"): 1}


def test_an_unknown_column_is_refused_with_those_that_the_file_has():
    with pytest.raises(
        UsageError, match=r"no column 'trakcs'\. Did you mean tracks\? Remedy: use one of tracks, country"
    ):
        measured(frame_of(Point(60, 40), tracks=[1]), by="trakcs")


def test_features_of_every_kind_and_of_none_are_counted():
    shapes = [Point(60, 40), MultiLineString([[(60, 40), (61, 40)], [(62, 40), (63, 40)]]), None, LineString()]
    found = measured(frame_of(*shapes))
    assert found[(), "features"] == 4
    assert found[(), "measured_km"] == pytest.approx(2 * Geodesic.WGS84.Inverse(40, 60, 40, 61)["s12"] / 1000, abs=0.06)


def test_the_command_measures_files_beside_one_another(corridors, tmp_path):
    for name in ("east", "west"):
        frame_of(LineString([(76, 43), (77, 43)]), operator=["<b>KTZ</b>"]).to_file(tmp_path / f"{name}.gpkg")
    files = [str(tmp_path / "east.gpkg"), str(tmp_path / "west.gpkg")]
    told = json.loads(corridors("stats", *files, "--by", "operator", "--format", "json").out)["measures"]
    assert [(one["by"]["layer"], one["by"]["operator"], one["name"]) for one in told] == [
        (layer, "<b>KTZ</b>", name) for layer in ("east", "west") for name in ("features", "measured_km")
    ]
    assert "west" not in corridors("stats", *files, "--layer", "east").out
    refused = corridors("stats", *files, "--layer", "aest", "--lang", "nl")
    assert refused.code == 2
    assert "east" in refused.err


def test_the_command_writes_a_workbook_of_a_file(corridors, tmp_path):
    frame_of(LineString([(76, 43), (77, 43)]), operator=["=1+1"]).to_file(tmp_path / "a.gpkg")
    assert corridors("stats", str(tmp_path / "a.gpkg"), "--by", "operator", "-o", str(tmp_path / "a.xlsx")).code == 0
    rows = [[cell.value for cell in row] for row in openpyxl.load_workbook(tmp_path / "a.xlsx").worksheets[0].rows]
    assert rows[-1][:2] == ["a", "=1+1"]


def test_a_broken_file_ends_with_its_own_exit_code(corridors, tmp_path):
    (tmp_path / "cut.geojson").write_text('{"type": "FeatureCollection", "features": [', encoding="utf-8")
    ran = corridors("stats", str(tmp_path / "cut.geojson"))
    assert (ran.code, ran.out) == (3, "")
    assert "cut.geojson" in ran.err


def test_countries_are_those_of_the_whole_world_and_whole(tmp_path, corridors):
    line = shapely.LineString([(2.35, 48.85), (13.4, 52.5), (21.0, 52.2)])  # Paris, Berlin, Warsaw over 20° E
    gpd.GeoDataFrame(geometry=[line], crs=4326).to_file(tmp_path / "a.geojson")
    ran = corridors("stats", tmp_path / "a.geojson", "--by", "country", "--format", "json")
    km = {one["by"]["country"]: one["value"] for one in json.loads(ran.out)["measures"] if one["name"] == "measured_km"}
    assert {"FRA", "DEU", "POL"} <= km.keys() <= {"FRA", "DEU", "POL", "BEL", "LUX", "NLD"}
    assert sum(km.values()) == pytest.approx(lengths_km([line])[0], abs=0.3)
    assert km["POL"] > 430


STEPS = st.integers(0, 10**7) | st.sampled_from([9_999, 10_000, 10_049, 10_050, 9_999_999])


@given(sums=st.lists(STEPS, min_size=1, max_size=50))
def test_small_sums_have_three_decimals_and_others_one(sums):
    for metres in sums:
        exact, value = metres / 1000, size_of(metres, 1000)
        assert value == exact if exact < 10 else abs(value - exact) <= 0.05 + 1e-9
        assert value == size_of(metres * 10**6)


def test_a_page_rounds_sums_as_python_does(ask_script):
    sums = [0, 1, 9_999, 10_000, 10_049, 10_050, 123_456_789, 9_999_499, 9_999_500, 10_049_999, 10_050_000]
    calls = [("state/measured", "sizeOf", [one, per]) for one in sums for per in (1000, 1_000_000)]
    answers = ask_script(calls, {})
    assert [one["value"] for one in answers] == [size_of(one, per) for one in sums for per in (1000, 1_000_000)]
