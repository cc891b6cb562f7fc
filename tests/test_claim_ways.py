"""Claims about routes: savings of a line and passed cities, checked with networkx and on small networks."""

import json
from dataclasses import replace
from itertools import pairwise

import networkx as nx
import pytest

from corridors.claims.verdicts import check_claims
from corridors.claims.wayfinder import Wayfinder
from corridors.claims.ways import fit_passing, fit_saving
from corridors.content.load import check_all_claims
from corridors.data.checks import UnreadableCheckError, parse_check
from corridors.data.facts import Facts
from corridors.errors import InputError
from corridors.geo.segments import WGS84
from corridors.locales import LANGUAGES, number
from corridors.network.routing import LONGEST

TRANSFER_KM = 20
"""The cost of a transfer in addition to its length in the search for the shortest route."""

LINE = "rail/cku-"


@pytest.fixture(scope="module")
def ways(loaded):
    return Wayfinder(loaded.facts, loaded.layers, loaded.network, loaded.assumptions)


@pytest.fixture(scope="module")
def checked(loaded, ways):
    return {claim.id: claim for claim in check_claims(loaded.facts, loaded.layers, loaded.measures, ways)}


@pytest.fixture
def claim_with(loaded, ways):
    """Check one claim with other cells, over the committed network or another one."""

    def check(claim, finder=None, **cells):
        rows = [{**row, **cells} for row in loaded.facts.rows("claims") if row["id"] == claim]
        facts = Facts({**loaded.facts.tables, "claims": rows})
        [found] = check_claims(facts, loaded.layers, loaded.measures, finder or ways)
        return found

    return check


@pytest.fixture(scope="module")
def shortest(loaded):
    """Kilometres of the shortest route by rail and sea between two features, today or with lines open, by networkx."""
    network = loaded.network

    def graph_with(opened):
        graph = nx.MultiGraph()
        ends = {end for edge in network.edges if edge.line.startswith(opened) for end in (edge.a, edge.b)}
        for edge in network.edges:
            joins = not edge.line and edge.a in ends and edge.b in ends
            runs = edge.status == "operational" or edge.line.startswith(opened) or joins
            if runs and edge.mode in {"rail", "sea", "transfer"}:
                cost = edge.track_km + (TRANSFER_KM if edge.kind == "transfer" else 0)
                graph.add_edge(edge.a, edge.b, cost=cost, km=edge.track_km)
        return graph

    def measure(start, end, opened=("-",)):
        graph = graph_with(tuple(opened))
        found = [
            nx.single_source_dijkstra(graph, one, other, weight="cost")
            for one in network.nodes_of[start]
            for other in network.nodes_of[end]
            if one in graph and other in graph
        ]
        _, path = min(found)
        steps = pairwise(path)
        return sum(min(graph[a][b].values(), key=lambda about: about["cost"])["km"] for a, b in steps)

    return measure


# --- what a line saves ------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_what_is_saved_is_what_networkx_finds(checked, shortest):
    parts = checked["c38"].parts
    assert len(parts) == 8
    for part in parts:
        ends = part.plain["from_id"], part.plain["to_id"]
        before, after = shortest(*ends), shortest(*ends, opened=(LINE,))
        assert part.plain["before_km"] == pytest.approx(before, abs=0.06)
        assert part.plain["after_km"] == pytest.approx(after, abs=0.06)
        assert part.plain["saved_km"] == pytest.approx(before - after, abs=0.11)


def test_the_recomputed_saving_spans_its_pairs(checked):
    claim = checked["c38"]
    saved = [part.plain["saved_km"] for part in claim.parts]
    assert [float(end) for end in claim.recomputed.split("/")] == [min(saved), max(saved)]
    assert claim.recomputed_text == f"0 to {number(max(saved), 0, 'en')} km"
    assert claim.verdict == "contradicted"
    assert not any(792 <= one <= 1008 for one in saved)


def test_hours_are_assumed_and_contradict_nobody(checked, claim_with):
    claim = checked["c39"]
    assert (claim.stated, claim.stated_text, claim.verdict) == ("7/8", "7 to 8 days", "not_checkable")
    assert "assumptions" in claim.method
    hours = max(part.plain["saved_hours"] for part in claim.parts)
    stated = f"{hours / 24:.1f}"
    pair = next(part.plain for part in claim.parts if part.plain["saved_hours"] == hours)
    check = f"saving cku {pair['from_id']}>{pair['to_id']}"
    assert claim_with("c39", value=stated, check=(check,)).verdict == "consistent"


@pytest.mark.parametrize(
    ("saved", "above", "fit"),
    [
        ([900.0], False, "equal"),
        ([792.0, 1008.0], False, "equal"),
        ([791.9], False, "contrary"),
        ([1008.1], False, "contrary"),
        ([791.9, 1008.1], False, "contrary"),  # between two pairs is not what either saves
        ([0.0, 900.0], False, "compatible"),
        ([900.0, 900.1], True, "compatible"),
        ([900.1], True, "compatible"),
        ([900.0], True, "contrary"),
    ],
)
def test_a_saving_fits_within_an_eighth_or_so(saved, above, fit):
    assert fit_saving(900, 900, saved, above=above) == fit


@pytest.mark.parametrize(("saved", "fit"), [(6.16, "equal"), (6.15, "contrary"), (8.96, "equal"), (8.97, "contrary")])
def test_a_range_fits_from_its_lower_to_its_upper_end(saved, fit):
    assert fit_saving(7, 8, [saved]) == fit


def test_the_stated_saving_decides(claim_with, shortest):
    ends = ("cities/cn-kashgar", "cities/uz-tashkent")
    saved = shortest(*ends) - shortest(*ends, opened=(LINE,))
    one, nothing = f"saving cku {'>'.join(ends)}", "saving cku cities/cn-urumqi>cities/kz-almaty"
    both = f"{one} cities/cn-urumqi>cities/kz-almaty"
    assert claim_with("c38", value=f"{saved:.0f}", check=(one,)).verdict == "confirmed"
    assert claim_with("c38", value=f"{saved:.0f}", check=(both,)).verdict == "consistent"
    assert claim_with("c38", value=f"{saved / 2:.0f}", check=(one,)).verdict == "contradicted"
    assert claim_with("c38", value=f"{saved / 2:.0f}", check=(f"{one} above",)).verdict == "consistent"
    assert claim_with("c38", value="10", check=(f"{nothing} above",)).verdict == "contradicted"


def test_places_without_a_way_are_left_out(claim_with, loaded):
    network = loaded.network
    cut = [edge for edge in network.edges if not edge.line.startswith("rail/cn-nanjiang")]
    finder = Wayfinder(loaded.facts, loaded.layers, replace(network, edges=cut), loaded.assumptions)
    claim = claim_with("c38", finder, check=("saving cku cities/cn-kashgar>cities/uz-tashkent",))
    assert (claim.verdict, claim.recomputed) == ("not_checkable", None)
    assert "saving cku" in claim.method


# --- which cities are passed ------------------------------------------------------------------------------------------


def test_ways_pass_a_city_where_a_station_of_theirs_is_in_it(checked, loaded, ways):
    cities = {f"cities/{row['id']}": row for row in loaded.facts.rows("cities")}
    network = loaded.network
    routes = [*ways.corridors().values()]
    for end in ("stations/pl-malaszewicze", "ports/ge-poti"):
        routes += ways.ways(("stations/cn-xian", end))
    for part in checked["c06"].parts:
        way = part.plain
        here = (way["from"], way["to"], way["length_km"])
        route = next(one for one in routes if (one.start_id, one.end_id, one.length_km) == here)
        ends = {end for edge in route.edges for end in (network.by_id[edge].a, network.by_id[edge].b)}
        stations = [network.nodes[end] for end in ends if network.nodes[end].kind == "station"]
        for city, km in way["nearest_station_km"].items():
            centre = cities[city]
            away = min(WGS84.inv(centre["lon"], centre["lat"], one.lon, one.lat)[2] / 1000 for one in stations)
            assert km == pytest.approx(away, abs=0.06)


def test_only_ways_between_the_places_asked_for_are_counted(checked):
    claim = checked["c06"]
    ends = {("stations/cn-xian", "stations/pl-malaszewicze"), ("stations/cn-xian", "ports/ge-poti")}
    counted = [part.plain for part in claim.parts if part.plain["counted"]]
    assert {(way["from"], way["to"]) for way in counted} == ends
    assert all((part.plain["from"], part.plain["to"]) not in ends for part in claim.parts if part.plain not in counted)
    for city, name in (("cities/kz-almaty", "Almaty"), ("cities/uz-tashkent", "Tashkent")):
        passing = sum(way["nearest_station_km"][city] <= 30 for way in counted)
        assert f"{name}: {passing} of {len(counted)} ways" in claim.recomputed_text
        assert 0 < passing < len(counted)
    assert claim.verdict == "consistent"


def test_no_other_way_is_much_longer_than_the_shortest(ways):
    found = ways.ways(("stations/cn-xian", "ports/ge-poti"))
    assert len(found) > 1
    assert found[0].length_km == min(way.length_km for way in found)
    assert max(way.length_km for way in found) <= LONGEST * found[0].length_km


@pytest.mark.parametrize(
    ("passing", "ways", "fit"),
    [([4, 4], 4, "equal"), ([4, 3], 4, "compatible"), ([1, 1], 4, "compatible"), ([4, 0], 4, "contrary")],
)
def test_every_city_must_be_on_some_way(passing, ways, fit):
    assert fit_passing(passing, ways) == fit


@pytest.mark.parametrize(
    ("cities", "pair", "verdict"),
    [
        ("cities/kz-almaty", "stations/cn-xian>stations/kz-almaty-1", "confirmed"),
        ("cities/cn-lanzhou", "stations/cn-xian>stations/pl-malaszewicze", "confirmed"),
        ("cities/kz-almaty|cities/ru-moscow", "stations/cn-xian>ports/ge-poti", "contradicted"),
        ("cities/tj-dushanbe", "stations/cn-xian>stations/pl-malaszewicze", "contradicted"),
    ],
)
def test_the_cities_decide(cities, pair, verdict, claim_with):
    assert claim_with("c06", check=(f"through {cities} {pair}",)).verdict == verdict


# --- lengths ----------------------------------------------------------------------------------------------------------


def test_published_lengths_of_a_corridor_stand_side_by_side(checked, loaded, ways):
    claim = checked["c40"]
    published = {
        row["value"]
        for row in loaded.facts.rows("corridor_figures")
        if (row["corridor"], row["indicator"]) == ("cku", "length_km")
    }
    assert {454, 486, 523, 532.53} <= published
    assert {claim.recomputed, *(other.value for other in claim.disagreeing)} == published
    assert f"on the map: {number(ways.corridors()['cku'].length_km, 0, 'en')} km" in claim.method


@pytest.mark.parametrize(("stated", "verdict"), [("523", "confirmed"), ("500", "consistent"), ("700", "contradicted")])
def test_a_stated_length_of_a_corridor_is_judged(stated, verdict, claim_with):
    assert claim_with("c40", value=stated).verdict == verdict


# --- how it is written ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("check", "named"),
    [
        ("saving cku", "write saving LINE PAIR"),
        ("saving cku cities/cn-xian", "is no PAIR"),
        ("saving CKU cities/cn-xian>cities/kz-almaty", "is no LINE"),
        ("through almaty cities/cn-xian>cities/kz-almaty", "is no CITIES"),
        ("through cities/kz-almaty", "write through CITIES PAIR"),
    ],
)
def test_a_check_of_ways_that_cannot_be_read_is_refused(check, named):
    with pytest.raises(UnreadableCheckError) as refused:
        parse_check(check)
    assert named in f"{refused.value.message} {refused.value.remedy}"


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"check": ("saving cku cities/cn-xian>cities/nowhere",)}, ("'cities/nowhere' is no place", "Remedy: name")),
        ({"check": ("saving nothing cities/cn-xian>cities/kz-almaty",)}, ("claim c38", "'nothing'")),
        ({"check": ("saving cn-lanxin cities/cn-xian>cities/kz-almaty",)}, ("in operation already", "Remedy: name")),
        ({"check": ("through cities/nowhere cities/cn-xian>cities/kz-almaty",)}, ("'cities/nowhere' is no place",)),
        ({"value": "much"}, ("claims.csv", "claim c38", "value", "'much' is no number", "LOW/HIGH")),
    ],
)
def test_a_check_of_what_the_network_lacks_is_refused(cells, named, claim_with):
    with pytest.raises(InputError) as refused:
        claim_with("c38", **cells)
    assert str(refused.value).count("Remedy: ") == 1
    for text in named:
        assert text in str(refused.value)


@pytest.mark.slow
def test_each_language_writes_the_numbers_its_way(loaded):
    told = {code: {claim.id: claim for claim in found} for code, found in check_all_claims(loaded, LANGUAGES).items()}
    assert len({told[code]["c38"].recomputed for code in LANGUAGES}) == 1
    for code in LANGUAGES:
        for part in told[code]["c38"].parts:
            assert number(part.plain["before_km"], 0, code) in part.found
        assert all("{" not in part.of + part.found for claim in told[code].values() for part in claim.parts)


@pytest.mark.usefixtures("geodata")
def test_json_tells_of_every_way(corridors):
    told = {claim["id"]: claim for claim in json.loads(corridors("claims", "--format", "json").out)["claims"]}
    assert {"from", "to", "before_km", "after_km", "saved_km", "before_hours", "after_hours"} <= set(
        told["c38"]["parts"][0]
    )
    assert {"corridor", "from", "to", "length_km", "counted", "nearest_station_km"} == set(told["c06"]["parts"][0])
    assert told["c09"]["parts"] == []


@pytest.mark.usefixtures("geodata")
def test_a_table_writes_spaces_between_thousands_as_spaces(corridors):
    out = corridors("claims", "--lang", "ru").out
    assert "\\xa0" not in out
    assert f"{number(2161.66, 2, 'ru')} %" in out
