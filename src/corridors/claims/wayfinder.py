"""Routes over the network for the checks of claims. Each is computed once for all checks and languages."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import geopandas as gpd
import numpy as np

from corridors.data.facts import Facts
from corridors.errors import UsageError
from corridors.geo.geodesy import distance_km
from corridors.network.assumptions import Assumptions
from corridors.network.corridor_measures import compare_all
from corridors.network.corridors import Comparison
from corridors.network.costs import By
from corridors.network.gazetteer import Place
from corridors.network.graph import Network
from corridors.network.route import Route
from corridors.network.route_card import line_facts
from corridors.network.routing import Request, find_routes
from corridors.network.scenario import Scenario, run_scenario
from corridors.network.scenario_result import PairChange

WAYS = 4
"""How many routes between two places are computed."""

Found = TypeVar("Found")

Pair = tuple[str, str]
"""The features at the start and the end of a route."""


@dataclass(frozen=True)
class Wayfinder:
    """The network, as the checks of claims use it: by rail and sea, on the atlas's own date.

    Attributes
    ----------
    compared
        The comparison of the corridors, if it exists already.
    """

    facts: Facts
    layers: Mapping[str, gpd.GeoDataFrame]
    network: Network
    assumptions: Assumptions
    compared: Comparison | None = None
    _found: dict[object, Any] = field(default_factory=dict)

    def place(self, feature: str) -> Place | None:
        """The place of a feature such as ``stations/cn-xian``, or None if the network does not have it."""
        nodes = self.network.nodes_of.get(feature)
        return Place(feature, self.network.nodes[nodes[0]].name, tuple(nodes)) if nodes else None

    def ways(self, pair: Pair) -> Sequence[Route]:
        """The shortest route between two places and others up to a fifth longer, best first; empty if there is none."""
        return self._once(("ways", pair), lambda: self._ways(pair))

    def corridors(self) -> Mapping[str, Route]:
        """The route of each corridor of ``corridors.csv``, by its id.

        Raises
        ------
        InputError
            If a corridor has no route through the network.
        """
        return self._once("corridors", self._corridors)

    def saved(self, line: str, pairs: Sequence[Pair], by: By) -> Sequence[PairChange]:
        """The effect of opening a line on pairs of places, in their order. Routes are the best by distance or time.

        Raises
        ------
        UsageError
            If no line has that name, or it is in operation already.
        """
        key = ("saved", line, tuple(pairs), by)
        return self._once(key, lambda: self._saved(line, pairs, by))

    def nearest_km(self, place: str, edges: Sequence[str]) -> float:
        """Kilometres from a place to the nearest station of a route; infinite if the route has no station."""
        return self._once(("nearest", place, tuple(edges)), lambda: self._nearest_km(place, edges))

    def sources(self, edges: Iterable[str]) -> tuple[str, ...]:
        """Ids of the sources of the lines of a route, sorted."""
        lines = self._once("lines", lambda: line_facts(self.facts))
        named = {self.network.by_id[edge].line for edge in edges}
        return tuple(sorted({source for line in named & lines.keys() for source in lines[line]["source"]}))

    def _once(self, key: object, look: Callable[[], Found]) -> Found:
        """A stored result; it is computed the first time."""
        if key not in self._found:
            self._found[key] = look()
        found: Found = self._found[key]
        return found

    def _ways(self, pair: Pair) -> Sequence[Route]:
        request = Request([place for end in pair if (place := self.place(end))], alternatives=WAYS)
        try:
            return find_routes(self.network, self.facts, request, self.assumptions)
        except UsageError:
            return ()

    def _nearest_km(self, place: str, edges: Sequence[str]) -> float:
        nodes = self.network.nodes
        here = nodes[self.network.nodes_of[place][0]]
        ends = {end for edge in map(self.network.by_id.__getitem__, edges) for end in (edge.a, edge.b)}
        stations = np.array([(nodes[end].lon, nodes[end].lat) for end in ends if nodes[end].kind == "station"])
        if not len(stations):
            return float("inf")
        away = distance_km(np.full(len(stations), here.lon), np.full(len(stations), here.lat), *stations.T)
        return float(away.min())

    def _corridors(self) -> Mapping[str, Route]:
        compared = self.compared or compare_all(self.layers, self.facts, self.network, self.assumptions)
        return {corridor.id: corridor.route for corridor in compared.corridors}

    def _saved(self, line: str, pairs: Sequence[Pair], by: By) -> Sequence[PairChange]:
        starts, ends = zip(*pairs, strict=True)  # starts before ends, so that every pair has its own direction
        group = [place for end in dict.fromkeys((*starts, *ends)) if (place := self.place(end))]
        scenario = Scenario(group, opened=frozenset({line}), by=by)
        result = run_scenario(self.network, self.facts, self.assumptions, scenario)
        found = {(change.start_id, change.end_id): change for change in result.pairs}
        return [found.get(pair) or found[pair[::-1]] for pair in pairs]
