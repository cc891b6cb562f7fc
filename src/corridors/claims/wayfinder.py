"""Ways over the network for the checks of claims: each is looked for once, in whatever language it is told of."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
"""How many ways between two places are looked for."""

Pair = tuple[str, str]
"""The features that a way leads from and to."""


@dataclass(frozen=True)
class Wayfinder:
    """The network as the checks of claims ask it; by rail and sea, as the atlas's own date has it.

    Attributes
    ----------
    compared
        The corridors side by side, where that was made already.
    """

    facts: Facts
    layers: Mapping[str, gpd.GeoDataFrame]
    network: Network
    assumptions: Assumptions
    compared: Comparison | None = None
    _found: dict[object, Any] = field(default_factory=dict)

    def place(self, feature: str) -> Place | None:
        """The place of a feature such as ``stations/cn-xian``, or None where the network has none."""
        nodes = self.network.nodes_of.get(feature)
        return Place(feature, self.network.nodes[nodes[0]].name, tuple(nodes)) if nodes else None

    def ways(self, pair: Pair) -> Sequence[Route]:
        """The shortest way between two places and others up to a fifth longer, best first; none if there is no way."""
        found: Sequence[Route] = self._once(("ways", pair), lambda: self._ways(pair))
        return found

    def corridors(self) -> Mapping[str, Route]:
        """The way of each corridor of ``corridors.csv``, by its id.

        Raises
        ------
        InputError
            Where a corridor has no way through the network.
        """
        found: Mapping[str, Route] = self._once("corridors", self._corridors)
        return found

    def saved(self, line: str, pairs: Sequence[Pair], by: By) -> Sequence[PairChange]:
        """What opening a line changes between pairs of places, in their order; ways are the best by distance or time.

        Raises
        ------
        UsageError
            Where there is no line of that name, or it runs already.
        """
        key = ("saved", line, tuple(pairs), by)
        found: Sequence[PairChange] = self._once(key, lambda: self._saved(line, pairs, by))
        return found

    def nearest_km(self, place: str, edges: Sequence[str]) -> float:
        """Kilometres from a place to the nearest station of a way; endless where it has no station."""
        nodes = self.network.nodes
        here = nodes[self.network.nodes_of[place][0]]
        ends = {end for edge in map(self.network.by_id.__getitem__, edges) for end in (edge.a, edge.b)}
        stations = np.array([(nodes[end].lon, nodes[end].lat) for end in ends if nodes[end].kind == "station"])
        if not len(stations):
            return float("inf")
        away = distance_km(np.full(len(stations), here.lon), np.full(len(stations), here.lat), *stations.T)
        return float(away.min())

    def sources(self, edges: Iterable[str]) -> tuple[str, ...]:
        """Ids of the sources of the lines of a way, sorted."""
        lines = self._once("lines", lambda: line_facts(self.facts))
        named = {self.network.by_id[edge].line for edge in edges}
        return tuple(sorted({source for line in named & lines.keys() for source in lines[line]["source"]}))

    def _once(self, key: object, look: Callable[[], Any]) -> Any:  # noqa: ANN401 - what each look gives
        """What was found, looked for where it was not yet."""
        if key not in self._found:
            self._found[key] = look()
        return self._found[key]

    def _ways(self, pair: Pair) -> Sequence[Route]:
        request = Request([place for end in pair if (place := self.place(end))], alternatives=WAYS)
        try:
            return find_routes(self.network, self.facts, request, self.assumptions)
        except UsageError:
            return ()

    def _corridors(self) -> Mapping[str, Route]:
        compared = self.compared or compare_all(self.layers, self.facts, self.network, self.assumptions)
        return {corridor.id: corridor.route for corridor in compared.corridors}

    def _saved(self, line: str, pairs: Sequence[Pair], by: By) -> Sequence[PairChange]:
        starts, ends = zip(*pairs, strict=True)  # starts before ends, so that every pair is met in its own direction
        group = [place for end in dict.fromkeys((*starts, *ends)) if (place := self.place(end))]
        scenario = Scenario(group, opened=frozenset({line}), by=by)
        result = run_scenario(self.network, self.facts, self.assumptions, scenario)
        found = {(change.start_id, change.end_id): change for change in result.pairs}
        return [found.get(pair) or found[pair[::-1]] for pair in pairs]
