"""A route with a long detour to its missing link: two stations near each other that a new line could join.

Circuity is the length of a route divided by the geodesic distance between its ends. A route whose circuity is above
``FAR`` has a long detour. Then two stations are sought, and at least one of them is an end of the open railways. A
straight line between them must bring the circuity down to ``FAR`` or less. Among such pairs the one with the shortest
route is taken; kilometres to be built count twice. The atlas has only the main roads, so no missing road is reported.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from corridors.geo.geodesy import distance_km
from corridors.network.graph import Edge, Network, Node

FAR = 1.8
"""A route longer than this many times the direct distance has a long detour."""


@dataclass(frozen=True, slots=True)
class MissingLink:
    """Two stations that no line joins.

    Attributes
    ----------
    start, end
        Their names in English, in the order of travel; ``start_id`` and ``end_id`` are their features.
    km
        The geodesic distance between them.
    length_km
        The length of the route if a straight line joined them.
    """

    start: str
    end: str
    start_id: str
    end_id: str
    km: float
    length_km: float

    def as_dict(self) -> dict[str, object]:
        """The link under the stable names of ``corridors route --format json``."""
        plain = asdict(self)
        return {"from": plain.pop("start"), "to": plain.pop("end"), "from_id": plain.pop("start_id"),
                "to_id": plain.pop("end_id"), **plain}  # fmt: skip


def missing_link(
    network: Network,
    allowed: Callable[[Edge], bool],
    there: Mapping[str, int],
    back: Mapping[str, int],
    geodesic_km: float,
) -> MissingLink | None:
    """The two stations whose connection would shorten a route best, and to ``FAR`` or less. One of them is an end.

    Parameters
    ----------
    allowed
        Whether an edge may be travelled.
    there, back
        Whole metres to each node from the start of the route, and from its end.
    geodesic_km
        The geodesic distance between start and end of the route.
    """
    degree: Counter[str] = Counter()
    for edge in network.edges:
        if edge.kind == "leg" and edge.mode == "rail" and allowed(edge):
            degree.update((edge.a, edge.b))
    named = [node for node in network.nodes.values() if node.kind == "station" and node.id in degree]
    starts = [node for node in named if node.id in there and there[node.id] < 1000 * FAR * geodesic_km]
    ends = [node for node in named if node.id in back and back[node.id] < 1000 * FAR * geodesic_km]
    if not starts or not ends:
        return None
    bound = 1000 * FAR * geodesic_km
    apart = np.array([there[node.id] for node in starts])[:, None] + [back[node.id] for node in ends]
    stops = [np.array([degree[node.id] == 1 for node in nodes]) for nodes in (starts, ends)]
    rows, columns = np.nonzero((apart < bound) & (stops[0][:, None] | stops[1]))
    metres = np.round(1000 * _distances([starts[row] for row in rows], [ends[column] for column in columns]))
    total = apart[rows, columns] + metres
    fit = (total <= bound) & (metres > 0)
    if not fit.any():
        return None
    nth = int(np.argmin(np.where(fit, total + metres, np.inf)))
    one, other = starts[rows[nth]], ends[columns[nth]]
    length = (int(total[nth]) + 50) // 100 / 10
    return MissingLink(one.name, other.name, one.feature, other.feature, (int(metres[nth]) + 50) // 100 / 10, length)


def _distances(starts: Sequence[Node], ends: Sequence[Node]) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """Kilometres from each start to the end at the same position of the other list."""
    one, other = (np.array([(node.lon, node.lat) for node in nodes]).reshape(-1, 2).T for nodes in (starts, ends))
    return np.asarray(distance_km(*one, *other))
