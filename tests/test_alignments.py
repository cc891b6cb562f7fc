"""Lines on their tracks: the file, the tool that makes it, and the committed alignments of the atlas."""

from dataclasses import replace
from itertools import groupby, pairwise

import numpy as np
import pytest
import shapely
from shapely import LineString

from corridors.data.alignments import FOLDER, Alignment, Origin, read_alignments, write_alignments
from corridors.errors import FileError, InputError
from corridors.geo.geodesy import lengths_km
from corridors.layers.courses import line_hops
from corridors.layers.winding import rail_stops, route_stops
from corridors.matching.bends import SHARPEST
from corridors.matching.lines import align_lines
from corridors.matching.tracks import Plane, Tracks
from tools import alignments

ORIGIN = Origin("rail", "made tracks", "CC0-1.0", "nobody")
LARGEST_BYTES = 1_500_000
LEAST_SPIKE_KM = 0.3
BESIDE_KM, FAR_ALONG_KM = 0.3, 5.0


def leg(line="one", start="a", end="b", lon=70.0):
    return Alignment(line, start, end, LineString([(lon, 45.0), (lon + 0.1, 45.0)]), 8.1, 700, (0, 30))


# --- the file ---------------------------------------------------------------------------------------------------------


def test_alignments_are_read_as_they_were_written(tmp_path):
    legs = [leg(), leg(start="b", end="c", lon=70.1)]
    write_alignments(tmp_path / FOLDER / "rail.geojson", legs, ORIGIN)
    found = read_alignments(tmp_path)["rail"]
    assert list(found.legs.values()) == [replace(one, geometry=found.legs[one.key].geometry) for one in legs]
    assert shapely.equals_exact(
        [found.legs[one.key].geometry for one in legs], [one.geometry for one in legs], 1e-9
    ).all()
    assert found.origins == {"one": ORIGIN}
    assert read_alignments(tmp_path)["roads"].legs == {}


def test_a_file_of_one_line_replaces_its_legs_in_the_file_of_the_layer(tmp_path):
    own = Origin("rail", "own tracks", "CC0-1.0", "me")
    write_alignments(tmp_path / FOLDER / "rail.geojson", [leg(), leg("two")], ORIGIN)
    write_alignments(tmp_path / FOLDER / "rail-one.geojson", [leg(start="b", end="c")], own)
    found = read_alignments(tmp_path)["rail"]
    assert set(found.legs) == {("one", "b", "c"), ("two", "a", "b")}
    assert found.origins == {"one": own, "two": ORIGIN}


def test_without_the_folder_no_line_is_matched(tmp_path):
    assert read_alignments(tmp_path)["rail"].legs == {}


@pytest.mark.parametrize("content", ["", "[]", '{"features": [{}]}', '{"features": []}'])
def test_another_file_is_refused(tmp_path, content):
    path = tmp_path / FOLDER / "rail.geojson"
    path.parent.mkdir()
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match="make alignments"):
        read_alignments(tmp_path)["rail"]


def test_a_file_that_cannot_be_read_is_told(tmp_path):
    (tmp_path / FOLDER / "rail.geojson").mkdir(parents=True)
    with pytest.raises(FileError, match="make alignments"):
        read_alignments(tmp_path)["rail"]


# --- the tool ---------------------------------------------------------------------------------------------------------

GRAPH = """
from scgraph.core import GeoGraph
graph=[{1: 2.5, 0: 0.0}, {0: 2.5, 2: 1.0}, {1: 1.0}]
nodes=[[45.0, 70.0], [45.0, 70.03], [45.01, 70.03]]
world_railways_geograph = GeoGraph(graph=graph, nodes=nodes)
"""


def test_a_network_is_read_as_text(tmp_path):
    path = tmp_path / "world_railways.py"
    path.write_text(GRAPH, encoding="ascii")
    tracks = alignments.read_graph(path)
    assert tracks.places.tolist() == [[70.0, 45.0], [70.03, 45.0], [70.03, 45.01]]
    assert tracks.edges.tolist() == [[0, 1], [1, 2]]
    assert tracks.km.tolist() == [2.5, 1.0]


def test_another_file_is_no_network(tmp_path):
    path = tmp_path / "world_railways.py"
    path.write_text("graph=[]\n", encoding="ascii")
    with pytest.raises(InputError, match="not a network"):
        alignments.read_graph(path)
    with pytest.raises(FileError, match="cannot be read"):
        alignments.read_graph(tmp_path)


def test_the_tool_writes_a_file_for_each_layer_also_where_nothing_is_matched(tmp_path, geodata, capsys):
    for name in ("world_railways.py", "world_highways.py"):
        (tmp_path / name).write_text(GRAPH, encoding="ascii")
    files = [str(tmp_path / "world_railways.py"), str(tmp_path / "world_highways.py")]
    assert alignments.main([*files, "--geodata", str(geodata), "-o", str(tmp_path / "made")]) == 0
    for layer in ("rail", "roads"):
        assert f'"layer": "{layer}"' in (tmp_path / "made" / f"{layer}.geojson").read_text(encoding="utf-8")
    assert "rail.geojson: 0 legs" in capsys.readouterr().err
    told = (tmp_path / "made" / "README.md").read_text(encoding="utf-8")
    assert "- cn-lanxin: all legs; no track that can be trusted" in told


def test_a_line_under_construction_is_not_matched_on_tracks_of_another_length(loaded):
    row = next(row for row in loaded.facts.rows("lengths") if row["id"] == "kz-darbaza-maktaaral-01")
    stops = rail_stops(loaded.facts)["kz-darbaza-maktaaral"]
    straight = Tracks.of_lines([LineString([(stop.lon, stop.lat) for stop in stops]).segmentize(0.01)])
    (line,) = align_lines(loaded.facts, "rail", straight, only=["kz-darbaza-maktaaral"])
    assert line.fits[0].matched_km < 0.7 * row["length_km"]
    assert line.legs == {}
    assert line.matched_km == 0


def test_tracks_that_pass_a_stop_far_away_do_not_lead_to_it(loaded):
    stops = rail_stops(loaded.facts)["uz-navoi-nukus"]
    past = [(stop.lon, stop.lat) for stop in stops if stop.id != "uz-uchkuduk"]
    (line,) = align_lines(
        loaded.facts, "rail", Tracks.of_lines([LineString(past).segmentize(0.01)]), only=["uz-navoi-nukus"]
    )
    ends = {stop.id for nth in line.legs for stop in (line.hops[nth].one, line.hops[nth].other)}
    assert len(ends) > len(stops) / 2
    assert "uz-uchkuduk" not in ends


# --- the alignments of the atlas --------------------------------------------------------------------------------------


@pytest.fixture(scope="module", params=["rail", "roads"])
def layer(request, repo, loaded):
    """The alignments of a layer, and the hops of its lines."""
    stops = rail_stops(loaded.facts) if request.param == "rail" else route_stops(loaded.facts)
    table = loaded.facts.by_id("rail_lines" if request.param == "rail" else request.param)
    hops = {line: line_hops(line, stops[line]) for line in table}
    return read_alignments(repo / "geodata")[request.param], hops, table


def test_each_alignment_is_of_a_leg_of_the_facts(layer):
    found, hops, _ = layer
    assert set(found.legs) - {(hop.line, hop.one.id, hop.other.id) for line in hops.values() for hop in line} == set()


def test_most_of_what_operates_is_matched(layer):
    found, hops, table = layer
    running = [hop for line, row in table.items() if row["status"] == "operational" for hop in hops[line]]
    matched = [hop for hop in running if (hop.line, hop.one.id, hop.other.id) in found.legs]
    share = sum(hop.straight_km for hop in matched) / sum(hop.straight_km for hop in running)
    assert share >= (0.9 if "road-wewc" in table else 0.8)


def test_legs_that_follow_each_other_meet(layer):
    found, hops, _ = layer
    for line in hops.values():
        legs = [found.legs.get((hop.line, hop.one.id, hop.other.id)) for hop in line]
        for one, other in pairwise(legs):
            if one and other:
                assert one.geometry.coords[-1] == other.geometry.coords[0]


def test_a_track_is_at_least_as_long_as_its_drawing_and_not_much_longer_than_its_leg(layer):
    found, hops, _ = layer
    straight = {(hop.line, hop.one.id, hop.other.id): hop.straight_km for line in hops.values() for hop in line}
    drawn = lengths_km(np.array([one.geometry for one in found.legs.values()], dtype=object))
    for one, km in zip(found.legs.values(), drawn, strict=True):
        assert one.km >= 0.98 * km - 0.1
        assert one.km <= 1.9 * straight[one.key] + 20


@pytest.fixture(scope="module")
def ways(layer):
    """The vertices of legs that follow each other, in kilometres, with the name of their line."""
    found, hops, _ = layer
    runs = []
    for name, line in hops.items():
        legs = [found.legs.get((hop.line, hop.one.id, hop.other.id)) for hop in line]
        for matched, run in groupby(legs, key=bool):
            if matched:
                degrees = np.concatenate([np.array(leg.geometry.coords) for leg in run])
                degrees = degrees[np.r_[True, (np.diff(degrees, axis=0) != 0).any(axis=1)]]
                runs.append((name, Plane(degrees).xy(degrees)))
    return runs


def test_no_line_runs_out_and_back(ways):
    for name, xy in ways:
        steps = np.diff(xy, axis=0)
        km = np.hypot(*steps.T)
        turn = np.abs((np.diff(np.degrees(np.arctan2(*steps.T))) + 180) % 360 - 180)
        spikes = np.flatnonzero((turn > SHARPEST) & (np.minimum(km[1:], km[:-1]) > LEAST_SPIKE_KM))
        assert not len(spikes), (name, turn[spikes])


def test_no_line_crosses_itself_or_runs_beside_itself(ways):
    for name, xy in ways:
        assert LineString(xy).is_simple, name
        along = np.concatenate([np.zeros(1), np.cumsum(np.hypot(*np.diff(xy, axis=0).T))])
        at = np.arange(0.0, along[-1], 0.5)
        places = shapely.points(np.column_stack([np.interp(at, along, axis) for axis in xy.T]))
        one, other = shapely.STRtree(places).query(places, predicate="dwithin", distance=BESIDE_KM)
        assert (np.abs(at[one] - at[other]) < FAR_ALONG_KM).all(), name


def test_alignments_are_small_and_name_their_origin(layer, repo):
    found, _, _ = layer
    assert {origin.licence for origin in found.origins.values()} == {"ODbL-1.0"}
    assert {origin.credit for origin in found.origins.values()} == {"© OpenStreetMap contributors"}
    assert sum(path.stat().st_size for path in (repo / "geodata" / FOLDER).iterdir()) <= LARGEST_BYTES


def test_alignments_are_valid_lines_that_no_map_shows_more_finely(layer):
    found, _, _ = layer
    lines = np.array([one.geometry for one in found.legs.values()], dtype=object)
    assert shapely.is_valid(lines).all()
    assert (shapely.get_coordinates(lines) == shapely.get_coordinates(lines).round(4)).all()
