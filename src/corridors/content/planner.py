"""What a map with a route planner knows of the network."""

from collections.abc import Collection
from dataclasses import dataclass

from corridors.content.context import Context
from corridors.network.route_card import line_facts


@dataclass(frozen=True, eq=False, slots=True)
class Planner:
    """The network of a map, and what its routes are told with.

    Attributes
    ----------
    context
        The network, with the facts and names that its routes are told in.
    on_map
        Ids of the features that the map shows anyway.
    """

    context: Context
    on_map: Collection[str] = ()

    @property
    def sources(self) -> list[str]:
        """The sources of the lines that routes can take, and of what is assumed."""
        lines = line_facts(self.context.facts)
        used = {edge.line for edge in self.context.network.edges if edge.line in lines}
        return sorted({*self.context.assumptions.cited, *(source for line in used for source in lines[line]["source"])})

    @property
    def countries(self) -> list[str]:
        """The countries (alpha-3) that routes can pass."""
        return sorted({node.country for node in self.context.network.nodes.values()})
