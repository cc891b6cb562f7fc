"""The tool that holds the railways against stations of another list."""

import numpy as np
import pytest

from corridors.layers.winding import estimate_lengths
from tools.accuracy import KNOWN_KM, main, measure

LINE = "rs-belgrade-novi-sad"


@pytest.fixture(scope="module")
def hops(loaded):
    return {LINE: estimate_lengths(loaded.facts).hops[f"rail/{LINE}"]}


@pytest.fixture(scope="module")
def middle(hops):
    """A place on the line, far from its stops."""
    course = hops[LINE][0].course
    return course[len(course) // 2]


def known(hops):
    return np.array([(stop.lon, stop.lat) for hop in hops[LINE] for stop in (hop.one, hop.other)])


def test_a_station_on_the_line_is_no_distance_away_and_one_north_of_it_is(hops, middle):
    lon, lat = middle
    rows = [{"lon": str(lon), "lat": str(lat + north / 111.13), "line": LINE, "country": "RS"} for north in (0, 5)]
    on, beside = measure(rows, hops, known(hops))
    assert on.drawn_km == pytest.approx(0, abs=1e-6)
    assert 1 < beside.drawn_km <= 5.01
    assert {on.line, beside.line} == {LINE}


def test_stations_that_the_facts_have_and_those_far_from_all_lines_are_left_out(hops, middle):
    stop, (lon, lat) = hops[LINE][0].one, middle
    rows = [{"lon": str(stop.lon), "lat": str(stop.lat + 0.9 * KNOWN_KM / 111)}, {"lon": str(lon), "lat": str(lat + 3)}]
    assert measure(rows, hops, known(hops)) == []


def test_the_table_has_all_and_each_country_and_line(repo, middle, tmp_path, capsys):
    lon, lat = middle
    path = tmp_path / "stations.csv"
    path.write_text(f"name,lon,lat,country,line\nHere,{lon},{lat},RS,{LINE}\n", encoding="utf-8")
    assert main([str(path), "--geodata", str(repo / "geodata")]) == 0
    rows = capsys.readouterr().out.splitlines()
    assert [row.split(" | ")[0].strip("| ") for row in rows[2:]] == ["all", "RS", LINE]
    assert all("| 1 | 0.00 / 0.00 / 0.00 |" in row for row in rows[2:])


@pytest.mark.parametrize(("content", "code"), [("name\nHere\n", 3), (None, 4)])
def test_another_file_is_refused(repo, tmp_path, capsys, content, code):
    path = tmp_path / "stations.csv"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    assert main([str(path), "--geodata", str(repo / "geodata")]) == code
    assert "stations.csv" in capsys.readouterr().err
