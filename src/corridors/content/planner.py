"""What a map with a route planner knows of the network."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from corridors.data.facts import Facts
from corridors.network.assumptions import Assumptions
from corridors.network.graph import Network
from corridors.network.route_card import line_facts


@dataclass(frozen=True, eq=False, slots=True)
class Planner:
    """The network of a map, and what its routes are told with.

    Attributes
    ----------
    network
        The network.
    facts
        For the sources and names of lines, the names of waypoints, and codes and aliases of places.
    assumptions
        What hours are estimated from.
    names
        Names by language of every feature, by ``layer/id``.
    on_map
        Ids of the features that the map shows anyway.
    """

    network: Network
    facts: Facts
    assumptions: Assumptions
    names: Mapping[str, Mapping[str, str]]
    on_map: Collection[str] = ()

    @property
    def sources(self) -> list[str]:
        """The sources of the lines that routes can take, and of what is assumed."""
        lines = line_facts(self.facts)
        used = {edge.line for edge in self.network.edges if edge.line in lines}
        return sorted({*self.assumptions.cited, *(source for line in used for source in lines[line]["source"])})

    @property
    def countries(self) -> list[str]:
        """The countries (alpha-3) that routes can pass."""
        return sorted({node.country for node in self.network.nodes.values()})
