"""The western provinces: the tool that makes their file, and the file of the atlas."""

import geopandas as gpd
import numpy as np
import pytest
import shapely
from shapely import LineString

from corridors.errors import InputError
from corridors.geo.geodesy import areas_km2
from corridors.layers.countries import read_outlines
from tools import provinces
from tools.provinces import REACH, WESTERN, divided


@pytest.fixture(scope="module")
def western(repo):
    return gpd.read_file(repo / "geodata" / "imported" / "provinces.geojson")


def test_a_line_that_nearly_reaches_the_edge_divides_a_country():
    country = shapely.box(0, 0, 2, 1)
    short = LineString([(1, REACH / 2), (1, 1 - REACH / 2)])
    assert sorted(round(area.area, 6) for area in divided(country, [short])) == [1.0, 1.0]
    assert len(divided(country, [LineString([(1, 0.3), (1, 0.7)])])) == 1


def test_lines_that_leave_two_capitals_in_one_area_are_refused():
    with pytest.raises(InputError, match="do not part the provinces"):
        provinces.provinces(shapely.box(70, 15, 140, 55), [LineString([(100, 10), (100, 60)])])


def test_a_missing_file_is_told(tmp_path, geodata, capsys):
    told = [str(tmp_path / "none.shp"), "--geodata", str(geodata), "-o", str(tmp_path / "made.geojson")]
    assert provinces.main(told) == 4
    assert "cannot be read" in capsys.readouterr().err


def test_the_twelve_of_the_western_development_are_there_each_around_its_capital(western):
    assert [*western["id"]] == [one.id for one in WESTERN]
    assert len(western) == 12
    assert western["form"].value_counts().to_dict() == {"province": 6, "autonomous_region": 5, "municipality": 1}
    capitals = gpd.GeoSeries([shapely.Point(one.capital) for one in WESTERN], crs=western.crs)
    assert western.geometry.covers(capitals).all()


def test_neighbours_share_their_border_and_lie_in_their_country(western, repo):
    whole = shapely.union_all(western.geometry)
    sizes = areas_km2(np.asarray(western.geometry))
    assert areas_km2(np.asarray([whole]))[0] == pytest.approx(sizes.sum(), rel=1e-5)
    country = read_outlines(repo / "geodata" / "basemap")["CHN"]
    assert whole.difference(country.buffer(0.3)).is_empty
    # The sources give 6.85 million square kilometres, with land that others hold.
    assert sizes.sum() == pytest.approx(6_850_000, rel=0.04)
