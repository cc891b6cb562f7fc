"""The positions of names on a map: one rule for pages (map/label_places.ts) and figures (figures/label_search.py).

A name is beside its symbol, at most its own height away, or a thin line joins both. Otherwise it is left out. It is
nearer to its own symbol than to any other, and covers neither a name nor a symbol. The name or the number of a corridor
is on its line, where no other line is below it, or a thin line joins both. The middle of a country's name stays in that
country.
"""

from types import MappingProxyType
from typing import TypedDict, cast

BESIDE = ((0, 0.5, 1, 0), (1, 0.5, -1, 0), (0.5, 1, 0, -1), (0.5, 0, 0, 1))
CORNERS = ((0, 1, 0.7, -0.7), (0, 0, 0.7, 0.7), (1, 1, -0.7, -0.7), (1, 0, -0.7, 0.7))
SLID = (
    (0.2, 1, 0, -1), (0.8, 1, 0, -1), (0.2, 0, 0, 1), (0.8, 0, 0, 1),
    (0, 0.1, 1, 0), (0, 0.9, 1, 0), (1, 0.1, -1, 0), (1, 0.9, -1, 0),
)  # fmt: skip
OBLIQUE = (
    (0, 1, 0.9, -0.4), (0, 0, 0.9, 0.4), (1, 1, -0.9, -0.4), (1, 0, -0.9, 0.4),
    (0, 1, 0.4, -0.9), (0, 0, 0.4, 0.9), (1, 1, -0.4, -0.9), (1, 0, -0.4, 0.9),
)  # fmt: skip


class LabelRule(TypedDict):
    """The rule in numbers, as ``LABEL_RULE`` has it."""

    pointZoom: tuple[float, ...]
    countryZoom: tuple[float, ...]
    places: tuple[tuple[float, float, float, float], ...]
    gap: float
    rings: tuple[float, ...]
    ledRings: tuple[float, ...]
    led: float
    touch: float
    dots: float
    apart: float
    twice: float
    aside: tuple[float, float]
    costs: tuple[float, float, float]
    step: float


_RULE: LabelRule = {
    "pointZoom": (0, 3, 3.5, 4.25, 5, 5.75, 6.5, 7.25, 8, 8.5),
    "countryZoom": (0, 3, 4, 5, 5.5, 6),
    "places": (*BESIDE, *CORNERS, *SLID, *OBLIQUE),
    "gap": 2,
    "rings": (0, 5),
    "ledRings": (12, 18, 26, 36, 48, 64, 84),
    "led": 8,
    "touch": 0.7,
    "dots": 2,
    "apart": 1.5,
    "twice": 60,
    "aside": (22, 24),
    "costs": (0.1, 1.4, 3),
    "step": 6,
}
LABEL_RULE = cast("LabelRule", MappingProxyType(_RULE))
"""The rule in numbers; lengths are pixels of a page.

``pointZoom``, ``countryZoom``
    The least zoom at which a point or a country has its name, by its rank.
``places``
    Possible positions of a name beside a point, the best first. The first two numbers are a point on the name's box, as
    shares of its width and height from its upper left corner. The last two numbers are the offset of this point from
    the centre of the symbol, right and down. They are multiplied by the distance that is tried.
``gap``, ``rings``, ``ledRings``
    The distance from the edge of a symbol. Further distances that all names try, and those that only names of the ranks
    0 and 1 try.
``led``, ``touch``
    A name farther than this from its symbol has a thin line to it. The line starts this far from the centre of the
    symbol, in halves of its size, because most symbols do not fill their box.
``dots``
    The distance between the points on this line that other names keep off.
``apart``, ``twice``
    The space between names. A name is also nearer to its own symbol than to any other, by this distance. If two points
    with the same name are nearer than the second value (a city and its station), the name is written once.
``aside``
    The greatest distance that the name of a country may move, right and down.
``costs``
    The cost of a position: for each step down the list, for each ring farther out, and for lines below the whole name.
    The cheapest position is used.
``step``
    The distance between the points on lines that positions are checked against.
"""
