"""Corridors to measures: the numbers that maps quote."""

from collections.abc import Iterator, Mapping

import geopandas as gpd

from corridors.data.facts import Facts
from corridors.errors import InputError, UsageError
from corridors.layers.lengths import basis_percent
from corridors.locales import message
from corridors.measures.measure import Measure, sources_of
from corridors.network.assumptions import Assumptions
from corridors.network.corridors import Comparison, Corridor, compare
from corridors.network.gazetteer import Gazetteer
from corridors.network.graph import Network

METHOD = "The shortest way over the network through the places that corridors.csv names"
METHODS = {
    "length_km": f"{METHOD}: best estimates of track and road, transfers included",
    "days": f"{METHOD}: hours under way, at borders and at breaks of gauge as assumptions.toml has them",
    "published_share_percent": f"{METHOD}: share of the length that is published of just its sections",
    "borders": f"{METHOD}: how often it passes from one country to another with a border control between",
    "gauge_breaks": f"{METHOD}: how often the gauge changes",
}


def compare_all(
    layers: Mapping[str, gpd.GeoDataFrame], facts: Facts, network: Network, assumptions: Assumptions
) -> Comparison:
    """Compare all corridors of ``corridors.csv``.

    Raises
    ------
    InputError
        If the file names a place that does not exist, or a corridor has no route through the network.
    """
    gazetteer = Gazetteer(layers, facts, network)
    found: list[Corridor] = []
    for name in facts.by_id("corridors"):
        try:
            found += compare(network, gazetteer, facts, assumptions, [name]).corridors
        except UsageError as error:
            if facts.year is not None:  # A corridor without a route in another year is left out.
                continue
            raise InputError(message("finding.place", f"corridors.csv: {name}", error)) from error
    return Comparison(found)


def corridor_measures(comparison: Comparison, facts: Facts) -> Iterator[Measure]:
    """Length in km, estimated days, borders and breaks of gauge of each corridor."""
    declared = facts.by_id("corridors")
    for corridor in comparison.corridors:
        route = corridor.route
        sources = sources_of([*declared[corridor.id]["source"], *route.sources])
        of = {"corridor": corridor.id}
        for name, value, unit in (
            ("length_km", route.length_km, "km"),
            ("days", round(route.days, 1), "days"),
            ("published_share_percent", basis_percent(route.km_by_basis).get("published", 0), "percent"),
            ("borders", len(route.borders), "borders"),
            ("gauge_breaks", len(route.gauge_breaks), "breaks"),
        ):
            yield Measure(name, value, unit, of, METHODS[name], sources)
