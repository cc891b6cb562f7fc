"""Where names stand on a map: the one rule of pages (web/script/map/labels.ts) and figures (figures/labels.py).

A name stands beside its symbol, at most its own height away, or a thin line leads to it; else it is left out. It is
nearer to its own symbol than to any other, and covers neither a name nor a symbol. The name or the number of a corridor
lies on its line, where no other runs below it, or is led to it. The name of a country keeps its middle in that country.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

BESIDE = ((0, 0.5, 1, 0), (1, 0.5, -1, 0), (0.5, 1, 0, -1), (0.5, 0, 0, 1))
CORNERS = ((0, 1, 0.7, -0.7), (0, 0, 0.7, 0.7), (1, 1, -0.7, -0.7), (1, 0, -0.7, 0.7))
SLID = (
    (0.2, 1, 0, -1), (0.8, 1, 0, -1), (0.2, 0, 0, 1), (0.8, 0, 0, 1),
    (0, 0.1, 1, 0), (0, 0.9, 1, 0), (1, 0.1, -1, 0), (1, 0.9, -1, 0),
)  # fmt: skip

LABEL_RULE: Mapping[str, Any] = MappingProxyType(
    {
        "pointZoom": (0, 3, 3.5, 4.25, 5, 5.75, 6.5, 7.25, 8, 8.5),
        "countryZoom": (0, 3, 4, 5, 5.5, 6),
        "places": (*BESIDE, *CORNERS, *SLID),
        "gap": 2,
        "rings": (0, 5),
        "ledRings": (12, 18, 26, 36),
        "led": 8,
        "touch": 0.7,
        "apart": 1.5,
        "twice": 60,
        "aside": (22, 24),
        "costs": (0.1, 1.4, 3),
        "step": 6,
    }
)
"""The rule in numbers; lengths are pixels of a page.

``pointZoom``, ``countryZoom``
    The zoom from which a point or a country is named, by its rank.
``places``
    Where a name may stand about a point, the best first. The first two numbers are a place on the name's box, as shares
    of its width and height from its upper left corner. That place lies so far from the middle of the symbol, right and
    down, as the last two numbers say, times the distance that is tried.
``gap``, ``rings``, ``ledRings``
    The distance from the edge of a symbol, and what is tried beyond that: by every name, and by those that matter most.
``led``, ``touch``
    A name farther from its symbol has a line that leads to it, which starts so far from the middle of the symbol, in
    halves of its size: most symbols do not fill their box.
``apart``, ``twice``
    Room between names, and how much nearer a name is to its own symbol than to any other. The same name twice within
    so much (a city and its station) is said once.
``aside``
    How far the name of a country may step aside, right and down, at most.
``costs``
    What a place costs: for each step down the list, for each ring farther out, and where lines run below the whole
    name. The cheapest place is taken.
``step``
    How far the points along lines are apart that places are held against.
"""
