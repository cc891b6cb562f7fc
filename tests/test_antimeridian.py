"""Geometries over the 180th meridian: cut there, with the same length and area, and never drawn round the world."""

import numpy as np
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st
from shapely import GeometryCollection, LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon, box

from corridors.geo.antimeridian import split_at_antimeridian
from corridors.geo.geodesy import areas_km2, lengths_km

EAST, WEST = st.floats(91, 179.99), st.floats(-179.99, -91)
SOUTH, NORTH = st.floats(-80, 0), st.floats(1, 80)


def split(*shapes):
    return list(split_at_antimeridian(np.array(shapes, dtype=object)))


def widest(shape):
    """The greatest span of one part, in degrees of longitude."""
    west, _, east, _ = shapely.bounds(shapely.get_parts(shape)).T
    return (east - west).max()


@given(east=EAST, west=WEST, south=SOUTH, north=NORTH)
def test_a_line_over_the_meridian_is_cut_and_keeps_its_length(east, west, south, north):
    line = LineString([(east - 1, north), (east, south), (west, north), (west + 1, south)])
    [cut] = split(line)
    assert cut.geom_type == "MultiLineString"
    assert [shapely.get_coordinates(part)[at, 0] for part, at in zip(cut.geoms, (-1, 0), strict=True)] == [180, -180]
    assert lengths_km([cut]) == pytest.approx(lengths_km([line]), rel=1e-9)
    assert widest(cut) <= 90


@given(east=EAST, west=WEST, south=SOUTH, north=NORTH)
def test_the_cut_lies_on_the_geodesic(east, west, south, north):
    [cut] = split(LineString([(east, south), (west, north)]))
    lat = shapely.get_coordinates(cut.geoms[0])[-1, 1]
    here, there = (Geodesic.WGS84.Inverse(south, east, lat, 180), Geodesic.WGS84.Inverse(lat, 180, north, west))
    assert here["azi2"] == pytest.approx(there["azi1"], abs=1e-6)


@given(east=EAST, west=WEST, south=SOUTH, north=NORTH)
def test_an_area_over_the_meridian_is_cut_and_keeps_its_size(east, west, south, north):
    area = Polygon([(east, south), (west, south), (west, north), (east, north)])
    [cut] = split(area)
    assert cut.is_valid
    assert cut.geom_type == "MultiPolygon"
    assert areas_km2([cut]) == pytest.approx(areas_km2([area]), rel=1e-6)


def test_a_hole_stays_a_hole():
    ring = [(170, 60), (-170, 60), (-170, 70), (170, 70)]
    over, beside = [(175, 62), (-175, 62), (-175, 65), (175, 65)], [(-173, 66), (-172, 66), (-172, 67)]
    area = Polygon(ring, [over, beside])
    [cut] = split(area)
    assert areas_km2([cut]) == pytest.approx(areas_km2([area]), rel=1e-9)
    assert not cut.intersects(Point(-172.3, 66.2))
    assert not cut.intersects(Point(179.9, 63))


def test_an_area_round_a_pole_holds_the_pole():
    south, north = (Polygon([(lon, lat) for lon in (-135, -45, 45, 135)]) for lat in (-75, 75))
    for cut, pole in zip(split(south, north), (-90, 90), strict=True):
        assert cut.is_valid
        assert cut.covers(Point(10, pole))
        assert cut.covers(Point(179, pole * 0.95))
        assert not cut.intersects(Point(10, 0))


@pytest.mark.parametrize(
    "shape",
    [
        LineString([(1, 2), (3, 4)]),
        LineString([(-100, 0), (0, 0), (100, 0)]),
        LineString([(-180, 10), (180, 10)]),
        box(-180, -90, 180, 90),
        MultiPolygon([box(170, 60, 180, 70), box(-180, 60, -170, 70)]),
        MultiPoint([(179, 1), (-179, 1)]),
        LineString(),
        None,
    ],
)
def test_what_does_not_cross_stays_the_same_object(shape):
    assert split(shape)[0] is shape


def test_parts_are_cut_one_by_one():
    whole, over = LineString([(1, 2), (3, 4)]), LineString([(179, 0), (-179, 0)])
    lines, mixed = split(MultiLineString([whole, over]), GeometryCollection([Point(1, 2), over]))
    assert [part.wkt for part in lines.geoms] == [
        "LINESTRING (1 2, 3 4)", "LINESTRING (179 0, 180 0)", "LINESTRING (-180 0, -179 0)",
    ]  # fmt: skip
    assert [part.geom_type for part in mixed.geoms] == ["Point", "LineString", "LineString"]


@pytest.mark.parametrize("ends", [[(180, 1), (-179, 2)], [(-179, 2), (180, 1)], [(-180, 1), (179, 2)]])
def test_a_line_that_begins_at_the_meridian_lies_on_one_side(ends):
    [cut] = split(LineString(ends))
    assert cut.geom_type == "LineString"
    assert widest(cut) == pytest.approx(1)
