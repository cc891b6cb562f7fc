"""Routes are the best (another library agrees), obey the rules of distances, and say why there is none."""

import itertools
from collections import Counter
from dataclasses import replace

import networkx as nx
import pytest

from corridors.app.api import OpenAtlas
from corridors.errors import UsageError
from corridors.locales import LANGUAGES, messages, number
from corridors.network.costs import costs
from corridors.network.routing import Request, allows
from corridors.network.search import Search
from corridors.network.switches import Switchboard

PAIRS = [
    ("Xi'an", "Almaty"), ("Kashgar", "Tashkent"), ("Ürümqi", "Astana"), ("Almaty", "Baku"), ("Dushanbe", "Moscow"),
    ("Bishkek", "Ashgabat"), ("Khorgos", "Samarkand"), ("Lianyungang", "Minsk"),
]  # fmt: skip


@pytest.fixture(scope="module")
def atlas(repo):
    return OpenAtlas(repo / "geodata")


def length(atlas, origin, destination, **options):
    """Kilometres of the best route, or infinity where there is none."""
    try:
        return atlas.route(origin, destination, modes=("rail", "sea", "road"), **options)[0].length_km
    except UsageError:
        return float("inf")


def cost_of(atlas, facts, origin, destination, opened=(), closed=()):
    """The search's own cost of the best route, or infinity."""
    places = [atlas.gazetteer.find(name) for name in (origin, destination)]
    modes = ("rail", "sea", "road")
    switches = Switchboard(atlas.network, facts).read(opened, closed, modes)
    request = Request(places=places, modes=modes, switches=switches)
    weight = costs(atlas.network, "distance", atlas.assumptions)
    search = Search.over(atlas.network, weight, allows(request, atlas.network))
    found = search.best(places[0].nodes, places[1].nodes)
    return float("inf") if found is None else sum(weight[edge] for edge in found[1])


# --- oracle and properties --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["distance", "time"])
@pytest.mark.slow
def test_another_algorithm_finds_no_better_way(atlas, by):
    weight = costs(atlas.network, by, atlas.assumptions)
    request = Request(places=(), modes=("rail", "sea", "road", "air"))
    allowed = allows(request, atlas.network)
    plain = nx.Graph()
    for edge in atlas.network.edges:
        if allowed(edge):
            best = min(weight[edge.id], plain.get_edge_data(edge.a, edge.b, {"weight": weight[edge.id]})["weight"])
            plain.add_edge(edge.a, edge.b, weight=best)
    search = Search.over(atlas.network, weight, allowed)
    cities = sorted(node.id for node in atlas.network.nodes.values() if node.kind == "city")
    for origin in cities:
        oracle = nx.single_source_bellman_ford_path_length(plain, origin) if origin in plain else {}
        reached = search.costs_from([origin])
        trace = search.tracer(reached)
        ways = {destination: trace(destination) if destination in reached else None for destination in cities}
        for destination, way in ways.items():
            ours = None if way is None else sum(weight[edge] for edge in way[1])
            assert ours == (0 if origin == destination else oracle.get(destination)), (origin, destination)
    assert {destination: search.best([origin], [destination]) for destination in cities} == ways


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_way_back_is_as_long(atlas, one, other):
    assert length(atlas, one, other) == length(atlas, other, one)


@pytest.mark.slow
def test_no_way_is_longer_than_by_way_of_another_place(atlas, loaded):
    cities = ["Almaty", "Tashkent", "Bishkek", "Kashgar", "Ashgabat"]
    for one, via, other in itertools.permutations(cities, 3):
        ways = [cost_of(atlas, loaded.facts, *pair) for pair in ((one, other), (one, via), (via, other))]
        assert ways[0] <= ways[1] + ways[2]


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_closing_never_shortens_and_opening_never_lengthens(atlas, loaded, one, other):
    now = cost_of(atlas, loaded.facts, one, other)
    for line in ("rail/cn-jingyihuo", "rail/kz-shu-astana", "rail/kz-almaty-tashkent"):
        assert cost_of(atlas, loaded.facts, one, other, closed=[line]) >= now
    assert cost_of(atlas, loaded.facts, one, other, opened=["cku"]) <= now


def test_what_joins_lines_within_a_station_opens_with_them(atlas):
    for options in ({"include": ["under_construction"]}, {"opened": ["cku"]}):
        (then,) = atlas.route("Kashgar", "Andijan", **options)
        assert [place["station"] for place in then.gauge_breaks] == ["Makmal transshipment station"]
        assert then.length_km < 600
    for options in ({"opened": ["cku"], "avoid": ["KGZ"]}, {"opened": ["cku-kashgar-makmal"]}):
        assert atlas.route("Kashgar", "Andijan", **options)[0].length_km > 3000


def test_the_gauge_changes_in_the_year_that_a_line_opens(atlas):
    """A line with opening in 2031 can be travelled in 2031, across the change of gauge at its end."""
    built = [replace(edge, opened="2031") if "/cku-" in edge.line else edge for edge in atlas.network.edges]
    network = replace(atlas.network, edges=built)
    changes = [edge for edge in built if edge.kind == "gauge_change" and "makmal" in edge.id]
    assert len(changes) == 1
    for year, is_open in ((2030, False), (2031, True)):
        assert allows(Request((), as_of=year), network)(changes[0]) is is_open


@pytest.mark.parametrize("names", [{"opened": ["rail/kg-makmal-jalalabad"]}, {"closed": ["rail/nowhere", "cku"]}])
def test_a_line_that_there_is_not_is_refused(atlas, names):
    with pytest.raises(UsageError, match=r"there is no line.*(Remedy|Did you mean)"):
        atlas.route("Kashgar", "Andijan", **names)


# --- what a card says -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_card_adds_up(atlas, one, other):
    (found,) = atlas.route(one, other, modes=("rail", "sea", "road"))
    route = found.route
    assert sum(leg.length_km for leg in route.legs) == pytest.approx(route.length_km, abs=0.06 * len(route.legs) + 0.1)
    assert sum(route.km_by_mode.values()) == pytest.approx(route.length_km, abs=0.3)
    assert sum(route.countries.values()) + route.km_by_mode.get("sea", 0) == pytest.approx(route.length_km, abs=0.6)
    assert route.circuity == pytest.approx(route.length_km / route.geodesic_km, abs=0.001)
    assert route.length_km >= route.geodesic_km
    assert len(route.to_frame()) == len(route.to_geojson()) == len(route.legs)
    assert route.to_geojson().crs.to_epsg() == 4326


def test_the_way_to_almaty_is_known(atlas):
    (route,) = atlas.route("西安", "Алматы")
    assert route.length_km == pytest.approx(3585, abs=20)
    assert list(route.countries) == ["CHN", "KAZ"]
    assert [(border["from"], border["to"]) for border in route.borders] == [("CHN", "KAZ")]
    assert [(place["station"], place["from_mm"], place["to_mm"]) for place in route.gauge_breaks] == [
        ("Altynkol", 1435, 1520),
    ]


def test_the_line_through_maimak_crosses_kyrgyzstan_without_a_border(atlas):
    (route,) = atlas.route("Almaty", "Shymkent")
    assert "KGZ" in route.countries
    assert route.borders == []


def test_a_line_that_is_built_shortens_the_way_when_included(atlas):
    now, (then,) = (
        atlas.route("Kashgar", "Andijan")[0],
        atlas.route("Kashgar", "Andijan", include=["under_construction"]),
    )
    assert now.length_km > 3000
    assert then.length_km < 600
    assert {leg.status for leg in then.legs} == {"operational", "under_construction"}


def test_assumptions_change_hours_and_are_named(atlas):
    slow, (fast,) = atlas.route("Xi'an", "Almaty")[0], atlas.route("Xi'an", "Almaty", assume=["speeds_kmh.rail=70"])
    assert fast.length_km == slow.length_km
    assert fast.hours < slow.hours
    assert fast.assumptions["overridden"] == ["speeds_kmh.rail"]
    assert slow.assumptions["overridden"] == []


def test_alternatives_differ(atlas):
    routes = atlas.route("Xi'an", "Almaty", alternatives=3)
    breaks = [[place["station"] for place in route.gauge_breaks] for route in routes]
    assert breaks == [["Altynkol"], ["Dostyk"], ["Altynkol"]]  # the third one is by Guangyuan and Lanzhou


@pytest.mark.parametrize("by", ["distance", "time"])
@pytest.mark.parametrize(("one", "other"), PAIRS)
@pytest.mark.slow
def test_no_alternative_is_far_longer_comes_back_or_is_nearly_the_same(atlas, one, other, by):
    best, *others = (found.route for found in atlas.route(one, other, alternatives=5, by=by))
    cost = costs(atlas.network, by, atlas.assumptions)
    spent = [sum(cost[edge] for edge in route.edges) for route in (best, *others)]
    assert spent == sorted(spent)
    assert all(own <= 1.2 * spent[0] for own in spent)
    seen = set(best.edges)
    for route in others:
        ends = Counter(end for edge in map(atlas.network.by_id.get, route.edges) for end in (edge.a, edge.b))
        assert max(ends.values()) == 2
        assert len([leg for leg in route.legs if leg.mode == "transfer" and leg.hours > 12]) == 0
        legs = [edge for edge in route.edges if atlas.network.by_id[edge].kind == "leg"]
        assert sum(cost[edge] for edge in legs if edge in seen) <= 0.8 * sum(cost[edge] for edge in legs)
        seen |= set(route.edges)


def test_a_place_on_the_way_is_passed(atlas):
    (route,) = atlas.route("Xi'an", "Almaty", via=["Aktogay"])
    assert "Dostyk" in [place["station"] for place in route.gauge_breaks]


def test_names_are_data(atlas):
    (route,) = atlas.route("Xi'an", "Almaty")
    assert "<table>" in route._repr_html_()
    assert route.as_dict()["from"] == "Xi'an"


# --- places -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("Tasjkent", "cities/uz-tashkent"), ("塔什干", "cities/uz-tashkent"), ("Ташкент", "cities/uz-tashkent"),
        ("urumqi", "cities/cn-urumqi"), ("ALA", "airports/uaaa"), ("uaaa", "airports/uaaa"), ("FRU", "airports/ucfm"),
        ("cities/kz-almaty", "cities/kz-almaty"), ("76.91,43.25", "cities/kz-almaty"),
        ("Nur-Sultan", "cities/kz-astana"),
    ],
)  # fmt: skip
def test_places_are_found_by_any_name(atlas, text, feature):
    assert atlas.gazetteer.find(text).feature == feature


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Tashkant", "Tashkent"), ("Atlantis", "no place is called"), ("43.25,76.91", "longitude,latitude"),
        ("0,0", "within 50 km"), ("Sarykum", "several places"), ("200,10", "no position"),
    ],
)  # fmt: skip
def test_unknown_and_ambiguous_places_list_candidates(atlas, text, said):
    with pytest.raises(UsageError, match=said):
        atlas.gazetteer.find(text)


# --- what cannot be ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"avoid": ["CHN"]}, "lies in CHN"), ({"avoid": ["KAZ"]}, "avoid KAZ"), ({"avoid": ["KZ"]}, "KAZ"),
        ({"modes": ["train"]}, "--mode"), ({"modes": []}, "no mode"), ({"include": ["open"]}, "--include"),
        ({"assume": ["speeds_kmh.rail=0"]}, "no amount"), ({"assume": ["speed=3"]}, "Remedy"),
        ({"modes": ["sea"]}, "--mode"),
    ],
)  # fmt: skip
def test_what_cuts_a_route_is_said(atlas, options, said):
    with pytest.raises(UsageError, match=said):
        atlas.route("Xi'an", "Tashkent", **options)


# --- far around -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "ends"),
    [
        # Kemin–Almaty, of which governments speak.
        ("Bishkek", "Almaty", ("stations/kg-bystrovka", "stations/kz-almaty-2")),
        ("Almaty", "Bishkek", ("stations/kz-almaty-2", "stations/kg-bystrovka")),
    ],
)
def test_a_way_that_goes_far_around_names_the_line_that_it_lacks(atlas, one, other, ends):
    found = atlas.route(one, other)[0]
    route, link = found.route, found.route.missing_link
    assert route.circuity > 1.8
    assert (link.start_id, link.end_id) == ends
    assert link.length_km <= 1.8 * route.geodesic_km < route.length_km
    for language in LANGUAGES:
        words = messages(language)["route.far.link"].partition("{0}")[0]
        said = found.text("table", lang=language)
        assert words in said
        assert number(route.circuity, 2, language) in said


def test_the_railway_to_the_caspian_passes_by_turkmenistan(atlas):
    (route,) = atlas.route("Bukhara", "Beyneu")
    assert list(route.countries) == ["UZB", "KAZ"]
    assert route.circuity < 1.2


def test_the_railways_of_inner_mongolia_are_the_short_way_from_beijing(atlas):
    (route,) = atlas.route("Beijing", "Ürümqi")
    assert {"rail/cn-linhe-ejin", "rail/cn-ejin-hami"} <= {leg.line for leg in route.legs}


def test_a_way_that_is_nearly_straight_is_given_without_a_word(atlas):
    route = atlas.route("Xi'an", "Almaty")[0]
    assert route.route.missing_link is None
    assert messages("en")["route.far"].partition("{0}")[0] not in route.text("table")


def test_a_line_that_would_shorten_a_way_is_not_named_where_it_is_open(atlas):
    now, then = atlas.route("Kashgar", "Osh")[0], atlas.route("Kashgar", "Osh", opened=["cku"])[0]
    assert (now.route.missing_link is None, then.route.missing_link is None) == (False, True)
