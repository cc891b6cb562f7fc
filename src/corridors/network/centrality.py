"""How many routes of a group pass through each place, and how near the place is to the group.

Both are computed over the pairs of the group alone, not over all nodes of the network. A junction in a desert is not
important because many stations lie along its line.

- **Betweenness** of a place: the share of the group's pairs whose best route passes through it. Pairs that start or end
  there are left out. Each pair has one best route.
- **Closeness** of a place: the share of the group's other places that it reaches, divided by the mean cost to them. The
  cost is what the best routes minimise: kilometres or hours. Places that a transfer joins to it are left out, so that a
  station is not near because of its own city.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corridors.network.gazetteer import Place
from corridors.network.graph import Network
from corridors.network.junctions import FAR, Run
from corridors.network.pairs import Ways
from corridors.network.search import Search

KINDS = ("city", "station", "port", "airport")
"""The kinds of places that have a centrality."""


@dataclass(frozen=True, slots=True)
class Centrality:
    """The centrality of one place.

    Attributes
    ----------
    betweenness
        Share of the group's pairs whose best route passes through the place, 0 to 1.
    closeness
        Share of places reached, divided by the mean cost; per 1000 km or per 1000 hours. 0 if it reaches no place of
        the group.
    """

    betweenness: float
    closeness: float


def centralities(network: Network, places: Sequence[Place], ways: Ways, *, scale: float) -> Mapping[str, Centrality]:
    """The centrality of every place of the network, by the id of its feature.

    Parameters
    ----------
    network
        The network.
    places
        The group.
    ways
        The best routes between its places.
    scale
        How many units of cost make a thousand kilometres or a thousand hours.
    """
    passed = _passed(network, ways)
    features = {name: own for name, own in network.nodes_of.items() if network.nodes[own[0]].kind in KINDS}
    closeness = scale * _closeness(network, places, ways, features)
    group = {place.feature for place in places}
    pairs = len(group) * (len(group) - 1) // 2
    ranked = {}
    for feature, close in zip(features, closeness.tolist(), strict=True):
        of_others = pairs - (len(group) - 1 if feature in group else 0)
        ranked[feature] = Centrality(
            betweenness=round(passed[feature] / of_others, 4) if of_others else 0.0, closeness=round(close, 4)
        )
    return ranked


def _passed(network: Network, ways: Ways) -> "Counter[str]":
    """How many routes pass through each place. Routes that start or end there are not counted."""
    counts: Counter[str] = Counter()

    @cache
    def places_of(run: Run) -> frozenset[str]:
        edges = map(network.by_id.__getitem__, run)
        return frozenset(network.nodes[end].feature for edge in edges for end in (edge.a, edge.b))

    for pair, way in ways.found.items():
        counts.update(frozenset().union(*map(places_of, way.runs)).difference(pair))
    return counts


def _closeness(
    network: Network, places: Sequence[Place], ways: Ways, features: Mapping[str, Sequence[str]]
) -> NDArray[np.float64]:
    """Share of other places reached, divided by the mean cost, of each feature with its nodes."""
    column = {name: nth for nth, name in enumerate(network.nodes)}
    starts = np.cumsum([0, *map(len, features.values())])[:-1]
    nodes = [column[name] for own in features.values() for name in own]
    nearest = np.minimum.reduceat(ways.costs[:, nodes], starts, axis=1)
    counted = np.ones_like(nearest, dtype=bool)
    row = {feature: nth for nth, feature in enumerate(features)}
    for nth, place in enumerate(places):
        counted[nth, [row[feature] for feature in _joined(network, place, ways.search) if feature in row]] = False
    reached = counted & (nearest > 0) & (nearest < FAR)
    total = np.where(reached, nearest, 0).sum(axis=0)
    found: NDArray[np.float64] = reached.sum(axis=0) ** 2 / np.maximum(counted.sum(axis=0) * total, 1)
    return found


def _joined(network: Network, place: Place, search: Search) -> set[str]:
    """A place, and the places that a transfer joins to it."""
    links = [link for name in place.nodes for link in search.links[name].items()]
    beside = {network.nodes[other].feature for other, (_, edge) in links if network.by_id[edge].kind == "transfer"}
    return {place.feature} | beside
