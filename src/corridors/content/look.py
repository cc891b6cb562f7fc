"""How things look beside their class: strokes of lines, sizes of points, what patterns say, what is drawn at a zoom.

The table ``LOOK`` travels to the pages as data. The functions stand in the page's script too (``look/``), since a
page draws anew in every year and at every zoom; shared cases hold both to the same answers. Lengths are pixels of a
page.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from corridors.content.label_rule import LABEL_RULE
from corridors.content.style import Feature, Geometry

PATTERNS: tuple[tuple[str, str | bool, Geometry, str], ...] = (
    ("status", "under_construction", "line", "status.under_construction"),
    ("status", "planned", "line", "status.planned"),
    ("status", "suspended", "line", "status.suspended"),
    ("hollow", True, "line", "electrified.no"),
    ("basis", "waypoints", "line", "basis.waypoints"),
    ("confidence", "low", "point", "legend.unsure"),
)
"""What patterns say, whatever the class: property of a feature, its value, geometry that shows it, message.

Legends of page and figure explain those that occur; what looks alike has one entry, that of the first that occurs. A
hollow line means something only where a map filters by electrification.
"""

LOOK: Mapping[str, Any] = MappingProxyType(
    {
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
    }
)
"""What figures, pages (as their ``look``) and the small pictures of the index share beside classes.

``dashes``, ``suspended``
    The dashes of a line by its status (and of a transfer and a disputed border), and how opaque a suspended one is.
``faint``
    A line of low confidence: its share of the width, and how opaque it is.
``soft``
    A line along waypoints: how opaque it is, how much wider its rim is, and how opaque that.
``casing``, ``hollow``
    How much wider the casing of a line is, and how opaque; how much wider a hollow line is, and the share of its core.
``cross``, ``tick``, ``mark``
    From one bar across a suspended line to the next, and half its length; half the tick of a station; their width.
``symbol``, ``unready``
    The box that symbols are drawn in, the width of a stroke that states none, the rim around them. How opaque the
    symbol of a point is that is being built or suspended.
``sample``
    A sample of a legend: its length, the width of a line and the size of a symbol of no class, the largest symbol.
``lineScale``, ``pointScale``
    From a zoom, as heavy or large as so much, for each zoom closer so much more, up to so much (see ``scale_at``).
``stationsFrom``
    The zoom from which stations are drawn or ticked.
``cityAhead``, ``reach``
    How much earlier than its name a city is drawn, in zooms. The middles of two symbols are at least this share of
    their sizes apart.
``citySizes``, ``capitalRing``
    The size of a city, from so many people on, and what a capital has more for its ring.
"""

Tier = Literal["casing", "ink", "core"]
Ink = Literal["own", "casing"]


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a line.

    Attributes
    ----------
    ink
        Whether it has the colour of the line or that of casings.
    width
        Pixels.
    """

    tier: Tier
    ink: Ink
    width: float
    opacity: float
    dash: str | None = None


def dash_of(status: str | None, style: Mapping[str, Any]) -> str | None:
    """The dashes of a line: those of its status, else those of its class."""
    dashes: Mapping[str, str] = LOOK["dashes"]
    return dashes.get(status or "") or style.get("dash")


def strokes(style: Mapping[str, Any], look: Mapping[str, Any]) -> list[Stroke]:
    """The strokes of a line from below: casing, ink, hollow core.

    Parameters
    ----------
    style
        That of the line's class.
    look
        Its ``status``, ``basis`` and ``confidence``, and whether it is ``hollow``, as far as they are told.
    """
    narrower, fainter = LOOK["faint"] if look.get("confidence") == "low" else (1, 1)
    soft, rim, rim_opacity = LOOK["soft"] if look.get("basis") == "waypoints" else (1, 0, 0)
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


def scale_at(zoom: float, scale: tuple[float, float, float, float]) -> float:
    """How large lines or points are at a zoom, by ``lineScale`` or ``pointScale`` of ``LOOK``."""
    start, least, more, most = scale
    return float(max(least, min(most, least + (zoom - start) * more)))


def is_city(feature: Feature) -> bool:
    """Whether a feature is a city."""
    return bool(feature["id"].startswith("cities/"))


def point_size(feature: Feature, style: Mapping[str, Any]) -> float:
    """The size of a point: a city's by its people, else that of its class."""
    if not is_city(feature):
        return float(style["size"])
    told = (figure["value"] for figure in feature["headline"] if figure["label"] == "fact.population")
    people = next(told, 0)
    ring = LOOK["capitalRing"] if feature["kind"] == "capital" else 0.0
    return float(next(size for least, size in LOOK["citySizes"] if people >= least) + ring)


def symbol_of(feature: Feature, style: Mapping[str, Any]) -> str:
    """The symbol of a point."""
    return "capital" if feature["kind"] == "capital" else str(style["symbol"])


def is_hollow(look: Mapping[str, Any]) -> bool:
    """Whether the symbol of a point is hollow: its position is not well sourced, or it is planned."""
    return look.get("confidence") == "low" or look.get("status") == "planned"


def point_opacity(status: str | None) -> float:
    """How opaque the symbol of a point is."""
    return float(LOOK["unready"]) if status in {"under_construction", "suspended"} else 1.0


def name_zoom(rank: int) -> float:
    """The zoom from which a point of a rank is named."""
    zooms = LABEL_RULE["pointZoom"]
    return float(zooms[max(0, min(len(zooms) - 1, rank))])


def point_zoom(feature: Feature, style: Mapping[str, Any]) -> float:
    """The zoom from which a point is drawn."""
    if style["symbol"] == "station":
        return float(LOOK["stationsFrom"])
    return name_zoom(feature["rank"]) - LOOK["cityAhead"] if is_city(feature) else 0.0
