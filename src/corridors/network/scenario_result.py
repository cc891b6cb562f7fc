"""The result of a scenario: pairs, places, gateways and lines, before and after."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from html import escape

import geopandas as gpd
import pandas as pd
from shapely import LineString, MultiLineString, Point

from corridors.layers.lengths import Position
from corridors.network.assumptions import Assumed
from corridors.network.pairs import Way

METHOD = (
    "Every pair of the group takes its one best way by {by} over {modes} and transfers, before and after; kilometres "
    "and hours are those of that way. Betweenness is the share of the group's pairs, those that start or end there "
    "left out, that pass through a place; closeness is the share of the group that it reaches over the mean {unit} to "
    "it, times a thousand. Shares of gateways are of the pairs between China and elsewhere that are connected, and "
    "every pair weighs the same, whatever is really carried."
)
MOST_ROWS = 15

PAIR_COLUMNS = ("from", "to", "before_km", "after_km", "saved_km", "before_hours", "after_hours", "saved_hours")
"""What a table of pairs has of each."""

CHANGES = ("better", "worse", "joined", "cut")
"""The possible effects of a scenario on a pair, in the order of counting."""


@dataclass(frozen=True, slots=True)
class PairChange:
    """Two places, before and after. Values are None while no route connects them.

    Attributes
    ----------
    effect
        better or worse (in kilometres or hours, whichever the scenario minimises), joined, cut, same, or apart
        (connected neither before nor after).
    before, after
        Its routes; None while there is none.
    """

    start: str
    end: str
    start_id: str
    end_id: str
    before_km: float | None
    after_km: float | None
    before_hours: float | None
    after_hours: float | None
    effect: str
    before: Way | None = None
    after: Way | None = None

    @property
    def before_edges(self) -> tuple[str, ...]:
        """Ids of the edges of its route before."""
        return self.before.edges if self.before else ()

    @property
    def after_edges(self) -> tuple[str, ...]:
        """Ids of the edges of its route after."""
        return self.after.edges if self.after else ()

    @property
    def saved_km(self) -> float | None:
        """Kilometres saved; negative if the route becomes longer."""
        return _less(self.before_km, self.after_km)

    @property
    def saved_hours(self) -> float | None:
        """Estimated hours saved."""
        return _less(self.before_hours, self.after_hours)

    @property
    def amounts(self) -> dict[str, float | None]:
        """Kilometres and hours before and after, and what is saved, by stable names."""
        return {
            "before_km": self.before_km,
            "after_km": self.after_km,
            "saved_km": self.saved_km,
            "before_hours": self.before_hours,
            "after_hours": self.after_hours,
            "saved_hours": self.saved_hours,
        }

    def as_dict(self) -> dict[str, object]:
        """The pair under the stable names of ``corridors scenario --format json``."""
        return {
            "from": self.start,
            "to": self.end,
            "from_id": self.start_id,
            "to_id": self.end_id,
            **self.amounts,
            "effect": self.effect,
        }


@dataclass(frozen=True, slots=True)
class NodeChange:
    """A place's betweenness and closeness (see centrality), before and after; lon and lat in degrees, EPSG:4326."""

    feature: str
    name: str
    kind: str
    country: str
    lon: float
    lat: float
    betweenness_before: float
    betweenness_after: float
    closeness_before: float
    closeness_after: float

    def as_dict(self) -> dict[str, object]:
        """The place under stable names."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class GatewayShare:
    """A border crossing of China, with its share in percent of the connected pairs between China and elsewhere."""

    id: str
    name: str
    feature: str
    mode: str
    countries: tuple[str, ...]
    lon: float
    lat: float
    share_before: float
    share_after: float
    pairs_before: int
    pairs_after: int

    def as_dict(self) -> dict[str, object]:
        """The gateway under stable names; shares are percent."""
        plain = asdict(self) | {"countries": list(self.countries)}
        for when in ("before", "after"):
            plain[f"share_{when}_percent"] = plain.pop(f"share_{when}")
        return plain


@dataclass(frozen=True, slots=True)
class LineUse:
    """How many pairs use a line.

    Attributes
    ----------
    change
        opened, closed or None.
    legs, changed
        All its legs, and its legs that change: they open, close, or end at a border that closes. Each leg is its
        positions (longitude, latitude) in degrees.
    countries
        Alpha-3 codes of the countries of the legs that change.
    """

    line: str
    name: str
    change: str | None
    pairs_before: int
    pairs_after: int
    legs: tuple[tuple[Position, ...], ...]
    changed: tuple[tuple[Position, ...], ...]
    countries: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The line under stable names, without its legs."""
        keys = ("line", "name", "change", "pairs_before", "pairs_after")
        return {key: getattr(self, key) for key in keys}


@dataclass(frozen=True, slots=True, repr=False)
class ScenarioResult:
    """The result of a scenario.

    Attributes
    ----------
    opened, closed
        The lines and ports that were opened and closed.
    places
        The group, by feature.
    ends
        Stations (by feature) where an opened line ends and no running line continues.
    """

    name: str
    opened: Sequence[str]
    closed: Sequence[str]
    places: Sequence[str]
    modes: Sequence[str]
    by: str
    pairs: Sequence[PairChange]
    nodes: Sequence[NodeChange]
    gateways: Sequence[GatewayShare]
    lines: Sequence[LineUse]
    ends: Sequence[str]
    assumptions: Assumed

    def __repr__(self) -> str:
        """What opens and closes, and how many of the pairs change."""
        kinds = (("open", self.opened), ("closed", self.closed))
        switched = "; ".join(f"{word} {', '.join(names)}" for word, names in kinds if names)
        return f"<Scenario {self.name or switched}: {len(self.changed())} of {len(self.pairs)} pairs change>"

    @property
    def method(self) -> str:
        """How the numbers were computed."""
        unit = "kilometres" if self.by == "distance" else "hours"
        return METHOD.format(by=self.by, modes=", ".join(self.modes), unit=unit)

    @property
    def totals(self) -> dict[str, float]:
        """The number of pairs by effect, and the sums of km and hours saved by pairs connected before and after."""
        plain: dict[str, float] = {"pairs": len(self.pairs)}
        for effect in (*CHANGES, "same", "apart"):
            plain[effect] = sum(pair.effect == effect for pair in self.pairs)
        plain["saved_km"] = round(sum(pair.saved_km or 0.0 for pair in self.pairs), 1)
        plain["saved_hours"] = round(sum(pair.saved_hours or 0.0 for pair in self.pairs), 1)
        return plain

    def changed(self) -> list[PairChange]:
        """The pairs that change: better ones (largest saving first), then joined, cut, and worse ones."""
        order = {"better": 0, "joined": 1, "cut": 2, "worse": 3}
        found = [pair for pair in self.pairs if pair.effect in order]
        return sorted(found, key=lambda pair: (order[pair.effect], self._size(pair), pair.start_id, pair.end_id))

    def _size(self, pair: PairChange) -> float:
        """The sort key of a pair within its effect: the largest change first; joined and cut pairs by length."""
        saved = pair.saved_km if self.by == "distance" else pair.saved_hours
        if saved is not None:
            return -abs(saved)
        after, before = (pair.after_km, pair.before_km)
        return after if after is not None else before or 0.0

    def as_dict(self) -> dict[str, object]:
        """The result under the stable names of ``corridors scenario --format json``."""
        return {
            "scenario": {
                "name": self.name or None,
                "opened": list(self.opened),
                "closed": list(self.closed),
                "places": list(self.places),
                "modes": list(self.modes),
                "by": self.by,
            },
            "totals": self.totals,
            "pairs": [pair.as_dict() for pair in self.pairs],
            "nodes": [node.as_dict() for node in self.nodes],
            "gateways": [gate.as_dict() for gate in self.gateways],
            "lines": [line.as_dict() for line in self.lines],
            "loose_ends": list(self.ends),
            "method": self.method,
            "assumptions": dict(self.assumptions),
        }

    def to_frame(self) -> pd.DataFrame:
        """The pairs as a table, one row each."""
        return pd.DataFrame([pair.as_dict() for pair in self.pairs])

    def to_geojson(self) -> gpd.GeoDataFrame:
        """Lines and places with their change, EPSG:4326, with an ``id`` and an ``item`` (line or place)."""
        rows: list[dict[str, object]] = []
        rows += [{"id": line.line, "item": "line"} | line.as_dict() for line in self.lines]
        rows += [{"id": node.feature, "item": "place"} | node.as_dict() for node in self.nodes]
        courses = [MultiLineString([LineString(leg) for leg in line.legs]) for line in self.lines]
        places = [Point(node.lon, node.lat) for node in self.nodes]
        return gpd.GeoDataFrame(rows, geometry=[*courses, *places], crs="EPSG:4326")

    def _repr_html_(self) -> str:
        """The pairs that change most as notebooks show them; data is escaped."""
        totals = self.totals
        head = (
            f"{totals['better']} of {totals['pairs']} pairs better, {totals['worse']} worse, "
            f"{totals['joined']} joined, {totals['cut']} cut; {totals['saved_km']:,.0f} km saved in all"
        )
        rows = [[_cell(pair.as_dict()[name]) for name in PAIR_COLUMNS] for pair in self.changed()[:MOST_ROWS]]
        body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        heads = "".join(f"<th>{name}</th>" for name in PAIR_COLUMNS)
        caption = f"{escape(self.name)}: {head}" if self.name else head
        return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


def _cell(value: object) -> str:
    """A value as a cell of a notebook's table."""
    if value is None:
        return "–"
    return f"{value:,.1f}" if isinstance(value, float) else escape(str(value))


def _less(before: float | None, after: float | None) -> float | None:
    """The amount that is saved; None if one value is missing."""
    return None if before is None or after is None else round(before - after, 1)
