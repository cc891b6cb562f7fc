"""Scenarios: the effects of opening and closing, checked against general rules and another graph library."""

import json
from itertools import combinations, pairwise

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corridors.app.api import OpenAtlas
from corridors.errors import UsageError
from corridors.locales import LANGUAGES, number
from corridors.network.costs import costs
from corridors.network.declared_scenarios import places_between
from corridors.network.gazetteer import Gazetteer
from corridors.network.pairs import all_ways
from corridors.network.routing import Request, allows, find_routes
from corridors.network.scenario import Scenario, run_scenario
from corridors.network.scenario_measures import scenario_measures
from corridors.network.switches import Switchboard
from tests.declared import SCENARIOS
from tests.page_data import page_data

CKU = frozenset({"cku"})


@pytest.fixture(scope="module")
def gazetteer(loaded):
    return Gazetteer(loaded.layers, loaded.facts, loaded.network)


@pytest.fixture(scope="module")
def cities(loaded, gazetteer):
    return places_between("all", loaded.facts, gazetteer)


@pytest.fixture(scope="module")
def play(loaded, cities):
    """Run a scenario on the committed atlas."""

    def run(*, group=cities, **change):
        return run_scenario(loaded.network, loaded.facts, loaded.assumptions, Scenario(group, **change))

    return run


@pytest.fixture(scope="module")
def some(cities):
    """Every third city, for rules that hold for each pair by itself."""
    return cities[::3]


@pytest.fixture(scope="module")
def declared(context):
    return context.declared


@pytest.fixture(scope="module")
def told(declared):
    return {result.name: result for result in declared.results}


@pytest.fixture(scope="module")
def lines(loaded):
    """Ids of the lines by whether the whole line is in operation."""
    status = {}
    for edge in loaded.network.edges:
        if edge.line and edge.mode in {"rail", "sea"}:
            status.setdefault(edge.line, set()).add(edge.status)
    running = sorted(line for line, found in status.items() if found == {"operational"})
    waiting = sorted(line for line, found in status.items() if found & {"under_construction", "planned"})
    return running, waiting


def pair_of(result, one, other):
    ends = {f"cities/{one}", f"cities/{other}"}
    return next(pair for pair in result.pairs if {pair.start_id, pair.end_id} == ends)


# --- rules that hold for any scenario ---------------------------------------------------------------------------------

few = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
by = st.sampled_from(["distance", "time"])


@few
@given(data=st.data(), by=by)
@pytest.mark.slow
def test_opening_never_makes_a_pair_worse(play, some, lines, data, by):
    opened = data.draw(st.sets(st.sampled_from(lines[1]), min_size=1, max_size=3))
    result = play(group=some, opened=frozenset(opened), by=by)
    assert not {pair.effect for pair in result.pairs} & {"worse", "cut"}
    for pair in result.pairs:
        if pair.before_km is not None:
            before, after = (
                (pair.before_km, pair.after_km) if by == "distance" else (pair.before_hours, pair.after_hours)
            )
            assert after <= before + 0.1


@few
@given(data=st.data(), by=by)
@pytest.mark.slow
def test_closing_never_makes_a_pair_better(play, some, lines, data, by):
    closed = data.draw(st.sets(st.sampled_from(lines[0]), min_size=1, max_size=3))
    result = play(group=some, closed=frozenset(closed), by=by)
    assert not {pair.effect for pair in result.pairs} & {"better", "joined"}
    assert all(pair.after_km is None for pair in result.pairs if pair.before_km is None)


@few
@given(data=st.data())
@pytest.mark.slow
def test_what_is_opened_and_closed_at_once_is_both(play, some, lines, data):
    opened = data.draw(st.sampled_from(lines[1]))
    closed = data.draw(st.sampled_from(lines[0]))
    result = play(group=some, opened=frozenset({opened}), closed=frozenset({closed}))
    alone = play(group=some, closed=frozenset({closed}))
    for both, only in zip(result.pairs, alone.pairs, strict=True):
        if only.after_km is not None:
            assert both.after_km <= only.after_km + 0.1


@pytest.mark.slow
def test_a_pair_is_the_same_from_either_end(play, cities):
    there = play(opened=CKU)
    back = play(opened=CKU, group=cities[::-1])
    lengths = {frozenset((pair.start_id, pair.end_id)): pair for pair in back.pairs}
    for pair in there.pairs:
        other = lengths[frozenset((pair.start_id, pair.end_id))]
        assert (pair.before_km, pair.after_km, pair.effect) == (other.before_km, other.after_km, other.effect)


def test_every_pair_stands_once_and_what_is_not_reached_is_null(play, cities):
    result = play(opened=CKU)
    assert len(result.pairs) == len(cities) * (len(cities) - 1) // 2
    assert len({frozenset((pair.start_id, pair.end_id)) for pair in result.pairs}) == len(result.pairs)
    naryn = pair_of(result, "kg-naryn", "cn-xian")  # no railway reaches it
    assert naryn.effect == "apart"
    told = naryn.as_dict()
    assert told["before_km"] is told["after_km"] is told["before_hours"] is told["saved_km"] is None


@pytest.mark.parametrize("by", ["distance", "time"])
def test_before_is_what_a_route_says(loaded, play, cities, by):
    result = play(opened=CKU, by=by)
    places = {place.feature: place for place in cities}
    for pair in result.pairs[::97]:
        request = Request([places[pair.start_id], places[pair.end_id]], by=by)
        if pair.before_km is None:
            with pytest.raises(UsageError):
                find_routes(loaded.network, loaded.facts, request, loaded.assumptions)
            continue
        [route] = find_routes(loaded.network, loaded.facts, request, loaded.assumptions)
        assert (route.length_km, route.hours) == (pair.before_km, pair.before_hours)
        assert tuple(route.edges) == pair.before_edges


@pytest.mark.slow
def test_the_result_does_not_depend_on_the_order_of_the_group(play, cities):
    one, other = play(opened=CKU), play(opened=CKU, group=[*cities[7:], *cities[:7]])
    assert {gate.id: gate.share_after for gate in one.gateways} == {
        gate.id: gate.share_after for gate in other.gateways
    }
    assert one.totals == other.totals


# --- another library as oracle ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["distance", "time"])
def test_another_library_finds_the_same_costs(loaded, cities, by):
    from scipy.sparse import csr_array  # noqa: PLC0415 - large, and only for this
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415

    network = loaded.network
    cost, allowed = costs(network, by, loaded.assumptions), allows(Request(cities), network)
    ways = all_ways(network, cities, cost, allowed)
    number = {name: nth for nth, name in enumerate(network.nodes)}
    cheapest = {}
    for edge in network.edges:
        if allowed(edge):
            ends = tuple(sorted((number[edge.a], number[edge.b])))
            cheapest[ends] = min(cheapest.get(ends, np.inf), cost[edge.id])
    one, other = np.array(list(cheapest)).T
    # scipy treats a stored zero as no edge, so a border without cost gets a very small cost.
    price = np.array(list(cheapest.values()), dtype=float) + 1e-6
    matrix = csr_array((price, (one, other)), shape=(len(number), len(number)))
    starts = [number[place.nodes[0]] for place in cities]
    found = dijkstra(matrix, directed=False, indices=starts)
    for (i, start), (_, end) in combinations(enumerate(cities), 2):
        way = ways.found.get((start.feature, end.feature))
        expected = found[i, number[end.nodes[0]]]
        assert (way is None) == np.isinf(expected)
        assert way is None or way.cost == pytest.approx(expected, abs=0.01)


def test_another_library_finds_the_same_betweenness(loaded, play, cities):
    network = loaded.network
    result = play(opened=CKU)
    cost, allowed = costs(network, "distance", loaded.assumptions), allows(Request(cities), network)
    links = all_ways(network, cities, cost, allowed).search.links
    graph = nx.Graph()
    graph.add_nodes_from(links)
    for one, others in links.items():
        graph.add_weighted_edges_from((one, other, parts) for other, (parts, _) in others.items())
    ends = [place.nodes[0] for place in cities]
    passed = nx.betweenness_centrality_subset(graph, ends, ends, weight="weight")
    pairs = len(ends) * (len(ends) - 1) / 2
    alone = [node for node in result.nodes if node.kind == "station" and len(network.nodes_of[node.feature]) == 1]
    assert len(alone) > 300
    for node in alone:
        [name] = network.nodes_of[node.feature]
        # The library divides traffic among routes of equal length; we take one of them.
        assert node.betweenness_before == pytest.approx(passed[name] / pairs, abs=2e-3)


# --- what is known of the world ---------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_new_railway_brings_kashgar_near_to_fergana(told):
    result = told["cku-open"]
    for other in ("uz-andijan", "kg-osh", "uz-tashkent", "kg-jalal-abad"):
        pair = pair_of(result, "cn-kashgar", other)
        assert pair.effect == "better"
        assert pair.saved_km > 1500
    assert pair_of(result, "cn-kashgar", "kg-osh").after_km < 700
    assert pair_of(result, "kz-almaty", "uz-tashkent").effect == "same"
    assert result.totals["worse"] == result.totals["cut"] == 0
    gates = {gate.feature: gate for gate in result.gateways}
    assert gates["stations/cn-kg-torugart"].share_before == 0 < gates["stations/cn-kg-torugart"].share_after
    assert gates["ports/cn-khorgos-rail"].share_after < gates["ports/cn-khorgos-rail"].share_before


def test_without_khorgos_its_routes_go_by_alashankou(told):
    result = told["khorgos-closed"]
    gates = {gate.feature: gate for gate in result.gateways}
    khorgos, alashankou = (gates.pop(f"ports/{name}") for name in ("cn-khorgos-rail", "cn-alashankou"))
    assert khorgos.share_after == 0
    assert alashankou.pairs_after == alashankou.pairs_before + khorgos.pairs_before
    # The routes to Mongolia and Siberia leave China elsewhere, with Khorgos or without.
    assert {"ports/cn-manzhouli", "ports/cn-erenhot"} <= set(gates)
    assert all(gate.pairs_after == gate.pairs_before for gate in gates.values())
    assert result.totals["cut"] == 0 < result.totals["worse"]
    changed = {line.line: line for line in result.lines if line.change}
    assert {"rail/kz-khorgos-altynkol", "roads/road-wewc"} == set(changed)
    assert changed["rail/kz-khorgos-altynkol"].changed


def test_the_line_over_bakhty_is_a_short_cut_from_tacheng_which_a_railway_reaches_already(told):
    result = told["bakhty-open"]
    assert result.totals["joined"] == result.totals["cut"] == 0
    shorter = [pair for pair in result.pairs if pair.effect == "better"]
    assert len(shorter) > 20
    assert all("stations/cn-tacheng" in {pair.start_id, pair.end_id} for pair in shorter)


def test_without_the_northern_corridor_moscow_is_cut_off_and_petropavl_is_not(told):
    result = told["northern-closed"]
    assert pair_of(result, "ru-moscow", "cn-xian").effect == "cut"
    assert pair_of(result, "kz-petropavl", "kz-astana").effect == "same"


@pytest.mark.parametrize("name", SCENARIOS)
def test_shares_of_gateways_are_shares(told, name):
    for when in ("share_before", "share_after"):
        assert sum(getattr(gate, when) for gate in told[name].gateways) == pytest.approx(100, abs=0.3)
    assert all(0 <= node.betweenness_after <= 1 and node.closeness_after >= 0 for node in told[name].nodes)


# --- the result -------------------------------------------------------------------------------------------------------


def test_the_names_of_the_json_are_those_promised(told):
    data = json.loads(json.dumps(told["cku-open"].as_dict(), allow_nan=False))
    assert list(data) == [
        "scenario", "totals", "pairs", "nodes", "gateways", "lines", "loose_ends", "method", "assumptions",
    ]  # fmt: skip
    assert {"from", "to", "before_km", "after_km", "before_hours", "after_hours"} <= set(data["pairs"][0])
    assert {
        "feature", "name", "betweenness_before", "betweenness_after", "closeness_before", "closeness_after",
    } <= set(data["nodes"][0])  # fmt: skip
    assert {"share_before_percent", "share_after_percent", "feature", "mode"} <= set(data["gateways"][0])
    assert "every pair weighs the same" in data["method"]
    assert data["scenario"]["opened"] == ["rail/cku-kashgar-makmal", "rail/cku-makmal-jalal-abad"]


def test_totals_add_up(told):
    for result in told.values():
        totals = result.totals
        parts = ("better", "worse", "joined", "cut", "same", "apart")
        assert sum(totals[part] for part in parts) == totals["pairs"] == len(result.pairs)


def test_a_frame_a_map_and_a_notebook_show_it(told):
    result = told["cku-open"]
    frame = result.to_frame()
    assert len(frame) == len(result.pairs)
    assert frame["saved_km"].max() > 3000
    drawn = result.to_geojson()
    assert drawn.crs == "EPSG:4326"
    assert drawn["id"].is_unique
    assert set(drawn["item"]) == {"line", "place"}
    assert {"opened"} == set(drawn["change"].dropna())
    html = result._repr_html_()
    assert html.count("<tr>") == 16
    assert "<script" not in html


def test_the_pairs_that_change_most_come_first(told):
    saved = [pair.saved_km for pair in told["cku-open"].changed()]
    assert saved == sorted(saved, reverse=True)
    lost = [pair.saved_km for pair in told["khorgos-closed"].changed()]
    assert lost == sorted(lost)


def test_measures_quote_the_results(told, declared, loaded):
    measures = {
        (measure.name, tuple(sorted(measure.by.items()))): measure
        for measure in scenario_measures(declared.results, loaded.facts)
    }
    key = ("scenario_pairs", (("effect", "better"), ("scenario", "cku-open")))
    assert measures[key].value == told["cku-open"].totals["better"]
    assert measures[key].sources
    assert len(measures) == len(list(scenario_measures(declared.results, loaded.facts)))


# --- names of what is opened and closed -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def board(loaded):
    return Switchboard(loaded.network, loaded.facts)


@pytest.mark.parametrize("name", ["cku", "cku-kashgar-makmal", "rail/cku-kashgar-makmal"])
def test_a_line_has_three_names(board, name):
    assert "rail/cku-kashgar-makmal" in board.read([name], [], ("rail",)).opened


def test_a_part_of_a_line_lies_in_one_country(board, loaded):
    found = board.read([], ["eu-north-astana-samara:RUS"], ("rail",))
    edges = [loaded.network.by_id[name] for name in found.closed_edges]
    assert {edge.country for edge in edges if edge.kind == "leg"} == {"RUS"}


def test_a_sea_port_closes_what_lands_there(board, loaded):
    found = board.read([], ["kz-aktau"], ("sea",))
    assert {loaded.network.by_id[name].line for name in found.closed_edges} == {"ferries/ferry-aktau-alat"}


def test_a_border_closes_what_crosses_there_and_no_other(board, loaded):
    rail = board.read([], ["cn-khorgos-rail"], ("rail",)).closed_edges
    assert {loaded.network.by_id[name].line for name in rail} == {"rail/kz-khorgos-altynkol"}
    assert all(loaded.network.by_id[name].kind == "border" for name in rail)


@pytest.mark.parametrize(
    ("opened", "closed", "said"),
    [
        (["kashgar"], [], ["'kashgar'", "rail/cku-kashgar-makmal"]),
        (["nowhere"], [], ["'nowhere'", "Remedy: name one of", "rail/cku-kashgar-makmal"]),
        (["cn-lanxin"], [], ["in operation already"]),
        (["kz-bakhty"], [], ["is a port"]),
        ([], ["turksb"], ["'turksb'", "rail/kz-almaty-aktogay"]),
        ([], ["cku"], ["not in operation"]),
        ([], ["cn-dulata"], ["crosses or lands", "cn-khorgos-rail"]),
        ([], ["cn-lanxin:KAZ"], ["does not run in 'KAZ'", "cn-lanxin:CHN"]),
        (["cku"], ["cku"], ["cku is to be opened and to be closed"]),
        ([], ["roads/road-torugart"], ["--mode road"]),
    ],
)
def test_a_wrong_name_is_told_with_what_there_is(board, opened, closed, said):
    with pytest.raises(UsageError) as raised:
        board.read(opened, closed, ("rail", "sea"))
    assert all(text in str(raised.value) for text in said), raised.value


# --- groups -----------------------------------------------------------------------------------------------------------


def test_groups_are_cities_by_country_and_places_by_name(loaded, gazetteer, cities):
    def found(text):
        return [place.feature for place in places_between(text, loaded.facts, gazetteer)]

    china, region = found("china"), found("Central-Asia")
    assert {name.partition("/")[2][:3] for name in china} == {"cn-"}
    assert {name.partition("/")[2][:2] for name in region} == {"kz", "kg", "tj", "tm", "uz"}
    assert {*china, *region} < {place.feature for place in cities}
    assert found("Xi'an; Алматы; 奥什; xian") == ["cities/cn-xian", "cities/kz-almaty", "cities/kg-osh"]
    assert len(found("china; Almaty")) == len(china) + 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("xian", "fewer than two"),
        (" ; ", "fewer than two"),
        ("xian; Tashkant", "cities/uz-tashkent"),
        ("asia", "Groups"),
    ],
)
def test_a_wrong_group_is_told(loaded, gazetteer, text, said):
    with pytest.raises(UsageError, match=said):
        places_between(text, loaded.facts, gazetteer)


# --- library and command ----------------------------------------------------------------------------------------------


def test_the_library_runs_what_is_declared_and_what_is_asked(repo, told):
    opened = OpenAtlas(repo / "geodata")
    assert opened.scenario("cku-open").totals == told["cku-open"].totals
    few = opened.scenario(opened=["cku"], between="Kashgar; Osh", by="time", assume=["speeds_kmh.rail=70"])
    assert [(pair.start, pair.end) for pair in few.pairs] == [("Kashgar", "Osh")]
    assert few.assumptions["overridden"] == ["speeds_kmh.rail"]
    with pytest.raises(UsageError, match="cku-open, khorgos-closed"):
        opened.scenario()
    with pytest.raises(UsageError, match="Did you mean cku-open"):
        opened.scenario("cku-opens")


@pytest.mark.usefixtures("geodata")
def test_the_command_prints_pairs_gateways_and_a_sum(corridors, loaded):
    cities = len(loaded.facts.rows("cities"))
    pairs = cities * (cities - 1) // 2
    ran = corridors("scenario", "cku-open", "--lang", "nl")
    assert ran.code == 0
    assert "Kashgar" in ran.out
    assert "Toroegart" in ran.out
    assert ran.out.rstrip().splitlines()[-1].startswith(f"Van {number(pairs, 0, 'nl')} paren")
    data = json.loads(corridors("scenario", "--open", "cku", "--format", "json").out)
    assert {"pairs", "nodes", "totals"} <= set(data)
    head, *rows = corridors("scenario", "khorgos-closed", "--format", "csv").out.splitlines()
    assert head.startswith("from,to,before_km,after_km,saved_km,before_hours,after_hours,saved_hours,effect")
    assert len(rows) == pairs
    assert corridors("scenario", "cku-open", "--format", "md").out.startswith("| from | to |")
    shapes = json.loads(corridors("scenario", "cku-open", "--format", "geojson").out)
    assert shapes["type"] == "FeatureCollection"
    told = corridors("scenario", "--open", "kz-ayagoz-bakhty").err
    assert told.startswith("What is opened ends where nothing takes over: Bakhty")


@pytest.mark.parametrize(
    ("words", "named"),
    [
        ((), ("--open LINE", "cku-open")),
        (("nothing",), ("'nothing'", "northern-closed")),
        (("--open", "cku", "--close", "cku"), ("opened and to be closed",)),
        (("--open", "cku", "--mode", "mule"), ("'mule'",)),
        (("--open", "cku", "--mode", "air"), ("--mode rail",)),
        (("--open", "cku", "--assume", "speeds_kmh.rail=fast"), ("'fast'",)),
    ],
)
@pytest.mark.usefixtures("geodata")
def test_wrong_usage_of_the_command(corridors, one_message, words, named):
    one_message(corridors("scenario", *words), 2, *named)


def test_a_broken_declaration_is_bad_input(corridors, geodata, one_message):
    (geodata / "scenarios.toml").write_text("[scenarios.x]\nopen = ['cku']\n", encoding="utf-8")
    one_message(corridors("scenario", "x"), 3, "scenarios.toml", "title")
    (geodata / "scenarios.toml").unlink()
    one_message(corridors("scenario", "x"), 4, "scenarios.toml")


# --- the page ---------------------------------------------------------------------------------------------------------


def test_the_page_has_each_scenario_with_its_pairs_gateways_and_lines(built):
    text = (built / "maps" / "scenarios.html").read_text(encoding="utf-8")
    assert len(text.encode()) <= 900_000
    data = page_data(text)
    names = [entry["id"] for entry in data["map"]["scenarios"]]
    assert names == list(SCENARIOS)
    nodes = data["map"]["nodes"]["count"]
    for name in names:
        own = [feature for feature in data["features"] if feature.get("scenario") == name]
        kinds = {feature["id"].partition("/")[0] for feature in own}
        assert kinds == {"pairs", "gateways", "changes"}
        for feature in own:
            words = {
                f"kind.{feature['kind']}",
                *(entry["label"] for entry in (*feature["headline"], *feature["facts"])),
            }
            assert all(words <= set(data["messages"][language]) for language in LANGUAGES)
            assert feature["class"] in data["classes"]
            assert set(feature["country"]) <= set(data["countries"])
        for pair in (feature for feature in own if feature["id"].startswith("pairs/")):
            assert set(pair["name"]) == set(LANGUAGES)
            assert any(pair["ways"])
            assert all(0 <= number < nodes for way in pair["ways"] for number in way)
            assert all(one != other for way in pair["ways"] for one, other in pairwise(way))
