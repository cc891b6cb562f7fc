"""Routes are the best there are (another library agrees), keep the rules of distances, and say why there is none."""

import itertools

import networkx as nx
import pytest

from corridors.analysis.routing import Request, allows, best_path, costs
from corridors.errors import UsageError
from corridors.library import OpenAtlas

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


def cost_of(atlas, origin, destination, **changes):
    """The search's own cost of the best way, or infinity."""
    places = [atlas.gazetteer.find(name) for name in (origin, destination)]
    request = Request(places=places, modes=("rail", "sea", "road"), **changes)
    weight = costs(atlas.network, "distance", atlas.assumptions)
    found = best_path(atlas.network, places[0].nodes, places[1].nodes, weight, allows(request, atlas.network))
    return float("inf") if found is None else sum(weight[edge.id] for edge in found[1])


# --- oracle and properties --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["distance", "time"])
def test_another_algorithm_finds_no_better_way(atlas, by):
    weight = costs(atlas.network, by, atlas.assumptions)
    request = Request(places=(), modes=("rail", "sea", "road", "air"))
    allowed = allows(request, atlas.network)
    plain = nx.Graph()
    for edge in atlas.network.edges:
        if allowed(edge):
            best = min(weight[edge.id], plain.get_edge_data(edge.a, edge.b, {"weight": weight[edge.id]})["weight"])
            plain.add_edge(edge.a, edge.b, weight=best)
    cities = sorted(node.id for node in atlas.network.nodes.values() if node.kind == "city")[::6]
    for origin in cities:
        oracle = nx.single_source_bellman_ford_path_length(plain, origin) if origin in plain else {}
        for destination in cities:
            found = best_path(atlas.network, [origin], [destination], weight, allowed)
            ours = None if found is None else sum(weight[edge.id] for edge in found[1])
            assert ours == (0 if origin == destination else oracle.get(destination)), (origin, destination)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_way_back_is_as_long(atlas, one, other):
    assert length(atlas, one, other) == length(atlas, other, one)


def test_no_way_is_longer_than_by_way_of_another_place(atlas):
    cities = ["Almaty", "Tashkent", "Bishkek", "Kashgar", "Ashgabat"]
    for one, via, other in itertools.permutations(cities, 3):
        assert cost_of(atlas, one, other) <= cost_of(atlas, one, via) + cost_of(atlas, via, other)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_closing_never_shortens_and_opening_never_lengthens(atlas, one, other):
    now = cost_of(atlas, one, other)
    for line in ("rail/cn-jingyihuo", "rail/kz-shu-astana", "rail/kz-almaty-tashkent"):
        assert cost_of(atlas, one, other, closed=frozenset({line})) >= now
    opened = frozenset({"rail/cku-kashgar-makmal", "rail/cku-makmal-jalal-abad"})
    assert cost_of(atlas, one, other, opened=opened) <= now


# --- what a card says -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_a_card_adds_up(atlas, one, other):
    (route,) = atlas.route(one, other, modes=("rail", "sea", "road"))
    assert sum(leg.length_km for leg in route.legs) == pytest.approx(route.length_km, abs=0.06 * len(route.legs) + 0.1)
    assert sum(route.km_by_mode.values()) == pytest.approx(route.length_km, abs=0.3)
    assert sum(route.countries.values()) + route.km_by_mode.get("sea", 0) == pytest.approx(route.length_km, abs=0.6)
    assert route.circuity == pytest.approx(route.length_km / route.geodesic_km, abs=0.001)
    assert route.length_km >= route.geodesic_km
    assert len(route.to_frame()) == len(route.to_geojson()) == len(route.legs)
    assert route.to_geojson().crs.to_epsg() == 4326


def test_the_way_to_almaty_is_known(atlas):
    (route,) = atlas.route("西安", "Алматы")
    assert route.length_km == pytest.approx(3571, abs=15)
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
    assert len({tuple(route.edges) for route in routes}) == len(routes) == 3
    assert any("Dostyk" in [place["station"] for place in route.gauge_breaks] for route in routes)


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
