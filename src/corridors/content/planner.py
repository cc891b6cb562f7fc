"""The network of a map with a route planner."""

from collections.abc import Collection
from dataclasses import dataclass

from corridors.content.context import Context
from corridors.network.route_card import line_facts


@dataclass(frozen=True, eq=False, slots=True)
class Planner:
    """The network of a map, and the context of its routes.

    Attributes
    ----------
    context
        The network, with the facts and names for its routes.
    on_map
        Ids of the features that are on the map.
    """

    context: Context
    on_map: Collection[str] = ()

    @property
    def sources(self) -> list[str]:
        """The sources of the lines that routes can take, and of the assumptions."""
        lines = line_facts(self.context.facts)
        used = {edge.line for edge in self.context.network.edges if edge.line in lines}
        return sorted({*self.context.assumptions.cited, *(source for line in used for source in lines[line]["source"])})

    @property
    def countries(self) -> list[str]:
        """The countries (alpha-3) that routes can cross."""
        return sorted({node.country for node in self.context.network.nodes.values()})
