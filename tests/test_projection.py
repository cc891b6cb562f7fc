"""The projection of figures, checked against PROJ's own CRS, geodesics of another library, and properties."""

import geopandas as gpd
import numpy as np
import pyproj
import pytest
import shapely
from geographiclib.geodesic import Geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from corridors.data.maps import load_maps
from corridors.errors import UsageError
from corridors.figures.basemap import coverage
from corridors.figures.graticule import scale_length
from corridors.figures.projection import Conic, Window, check_extent, extent_on_plane, inside, widened
from corridors.locales import LANGUAGES
from tools.basemap import FRAME

REGION = (48.0, 31.0, 120.0, 55.5)
EARTH = Geodesic.WGS84

extents = st.tuples(
    st.floats(FRAME[0], FRAME[2] - 5), st.floats(FRAME[1], FRAME[3] - 5), st.floats(2, 90), st.floats(2, 50)
).map(lambda one: (one[0], one[1], min(FRAME[2], one[0] + one[2]), min(FRAME[3], one[1] + one[3])))


def window_of(extent, width=170.0):
    """A window around an extent, on paper with a width in millimetres."""
    conic = Conic.fitting(extent)
    metres = extent_on_plane(extent, conic)
    high = width * (metres[3] - metres[1]) / (metres[2] - metres[0])
    return Window(conic, metres, (10.0, 20.0, 10.0 + width, 20.0 + high))


@pytest.fixture(scope="module")
def declared(repo):
    """The views of the declared maps."""
    return {name: inside(entry.bounds) for name, entry in load_maps(repo / "maps" / "atlas.toml", LANGUAGES).items()}


def test_the_standard_parallels_lie_a_sixth_of_the_height_inside():
    assert Conic.fitting((40, 30, 80, 60)) == Conic((35.0, 55.0), 60.0)


def test_places_come_to_lie_where_proj_and_geopandas_put_them():
    conic = Conic.fitting(REGION)
    places = gpd.GeoSeries.from_xy([76.9, 108.9, 50.0], [43.2, 34.3, 53.2], crs="EPSG:4326")
    low, high = conic.parallels
    crs = f"+proj=aea +lat_1={low} +lat_2={high} +lat_0={low} +lon_0={conic.meridian} +ellps=WGS84"
    expected = shapely.get_coordinates(places.to_crs(pyproj.CRS(crs)).array)
    assert conic.project(shapely.get_coordinates(places.array)) == pytest.approx(expected, abs=0.01)


@pytest.mark.parametrize("cell", [(50, 33, 55, 37), (75, 43, 81, 46), (110, 50, 118, 54)])
def test_areas_are_true(cell):
    conic = Conic.fitting(REGION)
    edge = shapely.get_coordinates(shapely.segmentize(shapely.box(*cell).exterior, 0.05))
    polygon = EARTH.Polygon()
    for lon, lat in edge[:-1]:
        polygon.AddPoint(lat, lon)
    area = abs(polygon.Compute()[2])
    assert shapely.Polygon(conic.project(edge)).area == pytest.approx(area, rel=1e-4)


@pytest.mark.parametrize("width", [84.0, 172.0, 287.0])
def test_the_scale_bar_is_true_at_the_middle_of_every_map(declared, width):
    for name, extent in declared.items():
        window = window_of(extent, width)
        km, mm = scale_length(window)
        middle = np.array([(window.paper[0] + window.paper[2]) / 2, (window.paper[1] + window.paper[3]) / 2])
        half = np.array([mm / 2, 0])
        ends = window.to_degrees(np.array([middle - half, middle + half]))
        (lon0, lat0), (lon1, lat1) = ends
        true = EARTH.Inverse(lat0, lon0, lat1, lon1)["s12"] / 1000
        assert km == pytest.approx(true, rel=0.01), name
        assert mm <= 0.25 * width


def test_the_scale_bar_is_a_round_number(declared):
    for extent in declared.values():
        km, _ = scale_length(window_of(extent))
        assert km in {base * 10**power for base in (1, 2, 5) for power in range(5)}


@settings(max_examples=60)
@given(extents)
def test_a_window_holds_all_of_its_extent(extent):
    window = window_of(extent)
    edge = window.to_paper(shapely.get_coordinates(shapely.segmentize(shapely.box(*extent).exterior, 0.5)))
    left, lower, right, upper = window.paper
    assert (edge > (left - 1e-6, lower - 1e-6)).all()
    assert (edge < (right + 1e-6, upper + 1e-6)).all()


@pytest.mark.parametrize("extent", [(-10.0, 25.0, 125.0, 62.0), (-12.0, 20.0, 135.0, 62.0), (5.0, 26.0, 121.0, 58.0)])
def test_a_wide_map_has_no_cut_corner(extent):
    window = window_of(extent)
    assert not window.within(FRAME)
    assert shapely.box(*window.paper).difference(coverage(window)).area == pytest.approx(0, abs=1e-6)


def test_a_window_inside_an_extent_is_within_it():
    window = window_of(REGION)
    assert window.within(FRAME)
    assert not window.within(REGION)  # its corners reach farther north


@settings(max_examples=60)
@given(extents, st.floats(0, 1), st.floats(0, 1))
def test_a_place_on_paper_leads_back_to_its_degrees(extent, across, up):
    window = window_of(extent)
    west, south, east, north = extent
    place = np.array([[west + across * (east - west), south + up * (north - south)]])
    assert window.to_degrees(window.to_paper(place)) == pytest.approx(place, abs=1e-6)


@given(st.floats(0.3, 5))
def test_a_rectangle_is_only_ever_widened(aspect):
    left, lower, right, upper = widened((-3.0, 1.0, 5.0, 4.0), aspect)
    assert left <= -3 and lower <= 1 and right >= 5 and upper >= 4  # noqa: PT018 - one statement on one box
    assert (right - left) / (upper - lower) == pytest.approx(aspect)


def test_what_is_drawn_is_cut_at_the_frame_and_close_to_what_it_was():
    window = window_of((70, 40, 80, 46))
    line = np.array([shapely.segmentize(shapely.LineString([(60, 43), (90, 44)]), 0.1), shapely.Point(10, 10)])
    drawn = window.drawn(line, beyond=1.0, tolerance=0.05)
    left, _, right, _ = drawn[0].bounds
    assert (left, right) == pytest.approx((window.paper[0] - 1, window.paper[2] + 1), abs=0.01)
    assert (
        shapely.hausdorff_distance(
            drawn[0], shapely.transform(line[0], window.to_paper).intersection(drawn[0].envelope)
        )
        < 0.2
    )
    assert drawn[1].is_empty


@pytest.mark.parametrize(
    ("extent", "wrong"),
    [
        ((60, 40, 60, 50), "nothing"),
        ((70, 40, 60, 50), "nothing"),
        ((60, 40, 60.1, 50), "nothing"),
        ((0, 0, 10, 10), "reaches out"),
        ((-20, 40, 10, 60), "reaches out"),
        ((100, 40, 200, 50), "reaches out"),
        ((60, 40, 70, 90), "reaches out"),
        ((60, 40), "four numbers"),
        ((60, 40, float("nan"), 50), "four numbers"),
        ((60, 40, float("inf"), 50), "four numbers"),
    ],
)
def test_an_extent_that_cannot_be_drawn_is_refused_with_one_that_can(extent, wrong):
    with pytest.raises(UsageError, match=wrong) as refused:
        check_extent(extent, REGION)
    assert "48,31,120,55.5" in str(refused.value)
