"""The look of lines and points besides their class: strokes, sizes, patterns, and what is drawn at a zoom.

Pages receive the table ``LOOK`` as data. The page's script has the same functions (``look/``), since a page draws again
in every year and at every zoom. Shared test cases check that both give the same answers. Lengths are pixels of a page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypedDict, cast

from corridors.content.label_rule import LABEL_RULE
from corridors.content.page_types import Feature, Geometry, Style, Traits

PATTERNS: tuple[tuple[str, str | bool, Geometry, str], ...] = (
    ("status", "under_construction", "line", "status.under_construction"),
    ("status", "planned", "line", "status.planned"),
    ("status", "suspended", "line", "status.suspended"),
    ("hollow", True, "line", "electrified.no"),
    ("basis", "waypoints", "line", "basis.waypoints"),
    ("straight", True, "line", "basis.waypoints"),
    ("confidence", "low", "line", "legend.unsure.line"),
    ("confidence", "low", "point", "legend.unsure"),
    ("status", "planned", "point", "legend.unsure"),
    ("status", "under_construction", "point", "legend.unready"),
    ("status", "suspended", "point", "legend.unready"),
)
"""The meaning of patterns in all classes: property of a feature, its value, geometry that shows it, message.

The value True is any value at all.

Legends of page and figure explain the patterns that occur. Patterns that look alike have one entry, that of the first
that occurs. A hollow line has a meaning only if a map filters by electrification.
"""

Scale = tuple[float, float, float, float]
"""A first zoom, the factor there, its increase per zoom, and its greatest value."""


class Look(TypedDict):
    """The table ``LOOK``."""

    dashes: Mapping[str, str]
    suspended: float
    faint: tuple[float, float]
    soft: tuple[float, float, float]
    casing: tuple[float, float]
    hollow: tuple[float, float]
    cross: tuple[float, float]
    tick: float
    mark: float
    symbol: tuple[float, float, float]
    unready: float
    sample: tuple[float, float, float, float]
    lineScale: Scale
    pointScale: Scale
    stationsFrom: float
    cityAhead: float
    reach: float
    citySizes: tuple[tuple[float, float], ...]
    capitalRing: float
    chart: tuple[float, float, float]
    later: tuple[float, float]


_LOOK: Look = {
    "dashes": {"under_construction": "10 6", "planned": "2 6", "transfer": "1 5", "disputed": "4 3"},
    "suspended": 0.45,
    "faint": (0.75, 0.75),
    "soft": (0.8, 4.5, 0.14),
    "casing": (2.6, 0.9),
    "hollow": (0.9, 0.45),
    "cross": (34, 4.5),
    "tick": 4,
    "mark": 1.4,
    "symbol": (16, 1.5, 2.4),
    "unready": 0.6,
    "sample": (26, 2.6, 11, 15),
    "lineScale": (3, 0.7, 0.13, 1.4),
    "pointScale": (2.25, 0.72, 0.22, 1),
    "stationsFrom": 6,
    "cityAhead": 0.25,
    "reach": 0.42,
    "citySizes": ((3_000_000, 10), (1_000_000, 8.5), (300_000, 7), (0, 6)),
    "capitalRing": 3,
    "chart": (0.84, 36, 1.2),
    "later": (0.6, 0.3),
}
LOOK = cast("Look", MappingProxyType(_LOOK))
"""The table that figures, pages (as their ``look``) and the small pictures of the index share, in addition to classes.

``dashes``, ``suspended``
    The dashes of a line by its status (and of a transfer and a disputed border). The opacity of a suspended line.
``faint``
    For a line of low confidence: the factor for its width, and its opacity.
``soft``
    For a line straight from stop to stop: its opacity, the extra width of its rim, and the opacity of the rim.
``casing``, ``hollow``
    The extra width of a line's casing, and its opacity. The extra width of a hollow line, and the share of its core.
``cross``, ``tick``, ``mark``
    For a suspended line: the distance between its bars, and half their length. Half the length of a station's tick.
    The width of bars and ticks.
``symbol``, ``unready``
    The box of symbols, the width of strokes without a width of their own, and the width of the rim. The opacity of a
    point that is under construction or suspended.
``sample``
    For a sample of a legend: its length, the width of a line and the size of a symbol without class, and the largest
    size of a symbol.
``lineScale``, ``pointScale``
    The factor for widths or sizes: a first zoom, the factor there, its increase per zoom, and its greatest value (see
    ``scale_at``).
``stationsFrom``
    The least zoom at which stations are drawn or ticked.
``cityAhead``, ``reach``
    A city is drawn this many zooms before its name. The centres of two symbols are at least this share of their sizes
    apart.
``citySizes``, ``capitalRing``
    The size of a city with at least so many people. The extra size of a capital, for its ring.
``chart``, ``later``
    For charts of figures over time: the share of its place that a column fills, its greatest width, and the width of
    its outline. The opacity of columns after the map's date, and of those after the chosen year.
"""

Tier = Literal["casing", "ink", "core"]
Ink = Literal["own", "casing"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a line.

    Attributes
    ----------
    ink
        Whether it has the colour of the line, not that of casings.
    width
        Pixels.
    """

    tier: Tier
    ink: Ink
    width: float
    opacity: float
    dash: str | None = None


def dash_of(status: object, style: Style) -> str | None:
    """The dashes of a line: those of its status, or else those of its class."""
    return LOOK["dashes"].get(str(status)) or style.get("dash")


def strokes(style: Style, look: Traits) -> list[Stroke]:
    """The strokes of a line, the lowest first: casing, ink, hollow core.

    Parameters
    ----------
    style
        The style of the line's class.
    look
        Its ``status``, ``basis`` and ``confidence``, and whether it is ``hollow`` or ``straight`` from stop to stop
        (True). All of them are optional.
    """
    narrower, fainter = LOOK["faint"] if look.get("confidence") == "low" else (1, 1)
    soft, rim, rim_opacity = LOOK["soft"] if is_approximate(look) else (1, 0, 0)
    wider, core = LOOK["hollow"] if look.get("hollow") else (0, 0)
    width = style["width"] * narrower + wider
    dash = dash_of(look.get("status"), style)
    opacity = style.get("opacity", 1) * (LOOK["suspended"] if look.get("status") == "suspended" else 1)
    found = [Stroke("ink", "own", width, round(opacity * soft * fainter, 3), dash)]
    if rim:
        found.insert(0, Stroke("casing", "own", width + rim, rim_opacity))
    elif style.get("casing"):
        more, casing_opacity = LOOK["casing"]
        found.insert(0, Stroke("casing", "casing", width + more, casing_opacity))
    if core:
        found.append(Stroke("core", "casing", width * core, 1.0, dash))
    return found


def is_approximate(look: Traits) -> bool:
    """Whether a line is straight from stop to stop: as a whole, or the part of it that is drawn."""
    return look.get("basis") in {"stations", "waypoints"} or look.get("straight") is True


def scale_at(zoom: float, scale: Scale) -> float:
    """The factor for lines or points at a zoom, by ``lineScale`` or ``pointScale`` of ``LOOK``."""
    start, least, more, most = scale
    return float(max(least, min(most, least + (zoom - start) * more)))


def is_city(feature: Feature) -> bool:
    """Whether a feature is a city."""
    return bool(feature["id"].startswith("cities/"))


def point_size(feature: Feature, style: Style) -> float:
    """The size of a point: for a city by its population, otherwise by its class."""
    if not is_city(feature):
        return float(style["size"])
    told = (figure["value"] for figure in feature["headline"] if figure["label"] == "fact.population")
    people = next(told, 0)
    ring = LOOK["capitalRing"] if feature["kind"] == "capital" else 0.0
    return float(next(size for least, size in LOOK["citySizes"] if people >= least) + ring)


def symbol_of(feature: Feature, style: Style) -> str:
    """The symbol of a point."""
    return "capital" if feature["kind"] == "capital" else str(style["symbol"])


def is_hollow(look: Traits) -> bool:
    """Whether the symbol of a point is hollow: its position is not well sourced, or it is planned."""
    return look.get("confidence") == "low" or look.get("status") == "planned"


def point_opacity(status: object) -> float:
    """The opacity of a point's symbol."""
    return float(LOOK["unready"]) if status in {"under_construction", "suspended"} else 1.0


def name_zoom(rank: int) -> float:
    """The least zoom at which a point of a rank has its name."""
    zooms = LABEL_RULE["pointZoom"]
    return float(zooms[max(0, min(len(zooms) - 1, rank))])


def point_zoom(feature: Feature, style: Style) -> float:
    """The least zoom at which a point is drawn."""
    if style["symbol"] == "station":
        return float(LOOK["stationsFrom"])
    return name_zoom(feature["rank"]) - LOOK["cityAhead"] if is_city(feature) else 0.0
