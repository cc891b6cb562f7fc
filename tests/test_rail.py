"""Railways: their stops, lengths, gauges and status, computed again from the tables by a plain loop."""

import csv
import json
import re
from collections import defaultdict
from itertools import combinations, pairwise

import pytest
import shapely
from geographiclib.geodesic import Geodesic
from pyproj import Geod

APART_DEGREES = 0.1
"""Lines that share a station are no farther apart than this."""

KHORGOS = {
    "the city": ("cities", "cn-khorgos"),
    "the railway port": ("ports", "cn-khorgos-rail"),
    "the road port": ("ports", "cn-khorgos-road"),
    "the checkpoint at the Kazakh village": ("ports", "kz-nurzholy"),
    "Altynkol station": ("ports", "kz-altynkol"),
    "the dry port Khorgos Gateway": ("ports", "kz-khorgos-gateway"),
    "the economic zone": ("ports", "kz-sez-khorgos"),
}


def read(repo, table):
    with (repo / "geodata" / "facts" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def stations(repo):
    """Position of every station by its id."""
    return {row["id"]: (float(row["lon"]), float(row["lat"])) for row in read(repo, "stations")}


@pytest.fixture(scope="module")
def stops(repo):
    """Stations of every line, in the order of their numbers."""
    found = defaultdict(dict)
    for row in read(repo, "rail_stops"):
        found[row["line"]][int(row["seq"])] = row["station"]
    return {line: [numbered[seq] for seq in sorted(numbered)] for line, numbered in found.items()}


@pytest.fixture(scope="module")
def lines(repo):
    """Rows of the table, by id and in its order."""
    return {row["id"]: row for row in read(repo, "rail_lines")}


@pytest.fixture(scope="module")
def stated(repo):
    """The lengths that are used, by line or railway."""
    found = defaultdict(list)
    for row in read(repo, "lengths"):
        if row["preferred"]:
            found[row["line"]].append(row)
    return found


@pytest.fixture(scope="module")
def drawn(repo):
    """The published features by id."""
    document = json.loads((repo / "geodata" / "layers" / "rail.geojson").read_text(encoding="utf-8"))
    return {feature["id"]: feature for feature in document["features"]}


def chain_km(ids, stations):
    """Length of a chain of stations in kilometres, hop by hop."""
    total = 0.0
    for one, other in pairwise(ids):
        total += Geod(ellps="WGS84").inv(*stations[one], *stations[other])[2]
    return total / 1000


# --- the drawing ------------------------------------------------------------------------------------------------------


def test_without_tracks_every_stop_is_a_vertex_in_its_order(drawn, stops, stations, loaded):
    assert set(drawn) == set(stops)
    on_tracks = {end for leg in loaded.facts.legs("rail").values() for end in (leg.start, leg.end)}
    bare = [line for line, feature in drawn.items() if not feature["properties"]["tracks_km"]]
    assert len(bare) > 5
    for line in bare:
        path, at = [tuple(place) for place in drawn[line]["geometry"]["coordinates"]], -1
        for station in stops[line]:
            if station not in on_tracks:
                lon, lat = stations[station]
                at = path.index((round(lon, 6), round(lat, 6)), at + 1)


def test_lines_that_share_a_station_come_near_each_other(drawn, stops):
    """On tracks they may end at different places of one town."""
    at = defaultdict(list)
    for line, ids in stops.items():
        for station in ids:
            at[station].append(line)
    shared = {station: met for station, met in at.items() if len(met) > 1}
    assert len(shared) > 30
    shapes = {line: shapely.LineString(drawn[line]["geometry"]["coordinates"]) for line in stops}
    for station, met in shared.items():
        for one, other in combinations(met, 2):
            assert shapely.distance(shapes[one], shapes[other]) < APART_DEGREES, (station, one, other)


def test_no_vertex_stands_twice_and_no_straight_step_is_long(drawn):
    for name, feature in drawn.items():
        for one, other in pairwise(feature["geometry"]["coordinates"]):
            assert one != other, name
            if not feature["properties"]["tracks_km"]:
                assert Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0])["s12"] <= 25_001, name


def test_each_station_of_a_line_has_its_position_on_it(loaded, stops):
    kinds = {row["id"]: row["kind"] for row in loaded.facts.rows("stations")}
    for line in loaded.layers["rail"].to_dict("records"):
        found = loaded.network.stations_along[f"rail/{line['id']}"]
        assert len(found) == len([name for name in stops[line["id"]] if kinds[name] != "via_point"]), line["id"]
        assert max(found) < len(line["geometry"].coords)


def test_the_trunk_lines_are_one_network(stops):
    """From the Yellow Sea, by way of shared stations, to the Caspian, Kashgar, Belarus and into Iran."""
    reached, edge = {"cn-lianyungang"}, {"cn-lianyungang"}
    while edge:
        met = {name for ids in stops.values() if edge & set(ids) for name in ids}
        edge = met - reached
        reached |= met
    goals = {"kz-almaty-1", "kz-astana-1", "uz-tashkent", "cn-kashgar", "tm-turkmenbasy", "ir-gorgan", "by-brest"}
    assert goals <= reached, goals - reached


def test_kilometre_posts_rise_along_a_line_and_straight_legs_are_not_much_longer(repo, stations):
    """A town can be some kilometres from its station. So a straight leg may be longer than the track."""
    posts = defaultdict(list)
    for row in sorted(read(repo, "rail_stops"), key=lambda row: (row["line"], int(row["seq"]))):
        if row["km_post"]:
            posts[row["line"]].append((float(row["km_post"]), row["station"]))
    assert {"cn-baocheng", "cn-chengyu", "cn-jingguang"} <= set(posts)
    for line, along in posts.items():
        rising = [post for post, _ in along]
        assert rising in (sorted(rising), sorted(rising, reverse=True)), line
        for (near, one), (far, other) in pairwise(along):
            assert chain_km([one, other], stations) <= abs(far - near) + 12, (line, one, other)


# --- lengths ----------------------------------------------------------------------------------------------------------


def test_the_drawing_is_about_as_long_as_the_straight_hops(drawn, stops, stations):
    """Tracks are longer than straight hops. A line begins and ends on tracks, and a town can lie beside them."""
    for line, ids in stops.items():
        about, straight = drawn[line]["properties"], chain_km(ids, stations)
        within = (0.93, 1.45) if about["tracks_km"] else (0.93, 1.07)
        path = drawn[line]["geometry"]["coordinates"]
        ends = ((stations[ids[0]], path[0]), (stations[ids[-1]], path[-1]))
        beside = sum(Geod(ellps="WGS84").inv(*town, *end)[2] for town, end in ends) / 1000
        assert about["measured_km"] >= within[0] * straight - beside - 0.06, line
        assert about["measured_km"] <= within[1] * straight + beside + 0.06, line


def test_measured_length_is_that_of_the_published_drawing(drawn):
    for name, feature in drawn.items():
        path = feature["geometry"]["coordinates"]
        metres = sum(Geodesic.WGS84.Inverse(one[1], one[0], other[1], other[0])["s12"] for one, other in pairwise(path))
        assert feature["properties"]["measured_km"] == pytest.approx(metres / 1000, abs=0.06), name


def test_without_a_published_length_tracks_tell_it_or_straight_hops_are_scaled(
    drawn, lines, stated, stops, stations, repo, loaded
):
    factor = loaded.measures.get("winding_factor", layer="rail").value
    posted = {row["line"] for row in read(repo, "rail_stops") if row["km_post"]}
    bare = [line for line in drawn if not (stated[line] or stated[lines[line]["railway"]] or line in posted)]
    assert len(bare) > 15
    for line in bare:
        about, legs = drawn[line]["properties"], loaded.facts.legs("rail")
        assert about["official_km"] is about["official_section"] is about["length_ratio"] is None, line
        assert about["published_km"] == 0
        tracks = sum(leg.km for leg in legs.values() if leg.line == line)
        if not about["tracks_km"]:
            assert about["track_km"] == pytest.approx(chain_km(stops[line], stations) * factor, abs=0.11), line
        elif about["tracks_km"] == about["measured_km"]:
            assert about["track_km"] == pytest.approx(tracks, abs=0.11), line
        else:
            assert about["track_km"] > tracks, line


def test_a_track_is_not_much_shorter_than_its_drawing(drawn):
    for line, feature in drawn.items():
        about = feature["properties"]
        assert about["track_km"] >= about["measured_km"] / 1.2, line
        assert 0 <= about["published_km"] <= about["track_km"], line
        assert 0 <= about["tracks_km"] <= about["measured_km"], line
        if about["official_km"] is not None:
            assert about["official_km"] <= about["published_km"] + 0.06, line


def test_a_published_length_of_a_whole_line_is_compared_with_its_drawing(drawn, stops, repo):
    names = {row["id"]: row["name_en"] for row in read(repo, "stations")}
    whole = 0
    for line, feature in drawn.items():
        about = feature["properties"]
        if about["official_section"] == f"{names[stops[line][0]]}–{names[stops[line][-1]]}":
            assert about["length_ratio"] == pytest.approx(about["measured_km"] / about["official_km"], abs=0.002), line
            whole += 1
    assert whole > 15


def test_the_sections_of_the_new_railway_are_as_long_as_published(drawn):
    """158 km in China, 160 km Torugart–Makmal and 145 km Makmal–Jalal-Abad; 304.94 km is Torugart–Jalal-Abad."""
    lines = [drawn[line]["properties"] for line in ("cku-kashgar-makmal", "cku-makmal-jalal-abad")]
    assert [about["official_km"] for about in lines] == [158 + 160, 145]
    assert sum(about["track_km"] for about in lines) == pytest.approx(158 + 304.94, abs=0.11)


@pytest.mark.parametrize(
    ("line", "km"),
    [
        ("cn-jingyihuo", 286),  # as published for the whole line
        ("kz-ayagoz-bakhty", 272),
        ("uz-angren-pap", 123.1),
        ("kti-akyayla-gorgan", 82),
        ("kz-darbaza-maktaaral", 152),  # though the drawing is a straight line of 94 km
        ("tj-vahdat-yovon", 40.7),
    ],
)
def test_where_the_whole_length_is_stated_the_track_is_as_long(drawn, line, km):
    about = drawn[line]["properties"]
    assert about["official_km"] == km
    assert about["track_km"] == pytest.approx(km, abs=0.06)


# --- gauge ------------------------------------------------------------------------------------------------------------


def test_the_railway_from_kashgar_changes_gauge_at_makmal(drawn, stops, loaded):
    first, second = drawn["cku-kashgar-makmal"]["properties"], drawn["cku-makmal-jalal-abad"]["properties"]
    assert (first["gauge_mm"], second["gauge_mm"]) == (1435, 1520)
    assert (first["railway"], second["railway"]) == ("cku", "cku")
    assert stops["cku-kashgar-makmal"][-1] == stops["cku-makmal-jalal-abad"][0]
    makmal = loaded.layers["stations"].set_index("id").loc[stops["cku-kashgar-makmal"][-1]]
    assert "Makmal" in makmal["name_en"]
    assert (makmal["kind"], makmal["gauges"], makmal["status"]) == ("break_of_gauge", "1435;1520", "under_construction")
    assert {first["status"], second["status"]} == {"under_construction"}


def test_china_s_lines_are_standard_and_those_of_the_former_union_broad(drawn):
    former = {"KAZ", "KGZ", "TJK", "TKM", "UZB", "RUS", "BLR", "AZE"}
    for name, feature in drawn.items():
        about = feature["properties"]
        countries = set(about["country"].split(";"))
        if countries == {"CHN"}:
            assert about["gauge_mm"] == 1435, name
        elif countries <= former:
            assert about["gauge_mm"] == 1520, name


def test_gauge_breaks_exactly_where_lines_of_both_gauges_meet(loaded, lines, stops):
    gauges = defaultdict(set)
    for line, ids in stops.items():
        for station in ids:
            gauges[station].add(lines[line]["gauge_mm"])
    breaks = {station for station, met in gauges.items() if len(met) == 2}
    frame = loaded.layers["stations"]
    assert set(frame.loc[frame["kind"] == "break_of_gauge", "id"]) == breaks
    assert {"kz-dostyk", "kz-altynkol", "tm-sarahs"} <= breaks


# --- what stood on the date of the atlas ------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["kz-dostyk-aktogay", "kz-aktogay-mointy"])
def test_the_second_track_to_mointy_was_still_being_built(drawn, line):
    about = drawn[line]["properties"]
    assert (about["status"], about["tracks"]) == ("operational", "partly_double")
    assert "second track" in about["note"].lower()
    assert "30 September 2025" in about["note"]
    assert re.search("(after|later than) the date of this map", about["note"])


@pytest.mark.parametrize(
    ("line", "status"),
    [
        ("kz-almaty-bypass", "under_construction"),
        ("kz-ayagoz-bakhty", "under_construction"),
        ("cku-kashgar-makmal", "under_construction"),
        ("kz-altynkol-zhetygen", "operational"),
        ("uz-angren-pap", "operational"),
        ("kti-uzen-akyayla", "operational"),
    ],
)
def test_status_of_known_lines(drawn, line, status):
    assert drawn[line]["properties"]["status"] == status


def test_what_has_opened_by_the_date_runs_and_what_has_not_does_not(drawn):
    for name, feature in drawn.items():
        about = feature["properties"]
        if about["status"] == "operational" and about["opened"]:
            assert about["opened"] <= "2025-06-17", name
        if about["status"] in {"under_construction", "planned"} and about["opened"]:
            assert about["opened"] > "2025-06-17", name


def test_a_station_s_lines_are_those_that_stop_there(loaded, stops):
    for station in loaded.layers["stations"].itertuples():
        met = {line for line, ids in stops.items() if station.id in ids}
        assert set((station.lines or "").split(";")) - {""} == met, station.id


# --- Khorgos ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pair", list(combinations(KHORGOS, 2)), ids=" and ".join)
def test_the_places_called_khorgos_are_places_of_their_own(loaded, pair):
    one, other = (loaded.layers[layer].set_index("id").loc[name].geometry for layer, name in map(KHORGOS.get, pair))
    metres = Geodesic.WGS84.Inverse(one.y, one.x, other.y, other.x)["s12"]
    assert 1000 <= metres <= 20_000


def test_no_two_stations_are_one_place(stations):
    """Two rows within 200 m of each other would be the same station twice."""
    ordered = sorted(stations.items(), key=lambda item: item[1][1])
    for index, (name, (lon, lat)) in enumerate(ordered):
        for other, (other_lon, other_lat) in ordered[index + 1 :]:
            if other_lat - lat > 0.002:
                break
            assert Geodesic.WGS84.Inverse(lat, lon, other_lat, other_lon)["s12"] >= 200, (name, other)
