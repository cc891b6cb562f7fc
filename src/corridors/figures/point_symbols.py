"""The points of a figure: which symbols have space, by the same rule as on the pages, and their drawing."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from corridors.content.look import (
    LOOK,
    is_city,
    is_hollow,
    point_opacity,
    point_size,
    point_zoom,
    scale_at,
    symbol_of,
)  # fmt: skip
from corridors.content.page_types import Classes, Feature
from corridors.figures.canvas import Canvas
from corridors.figures.projection import Window
from corridors.figures.symbols import draw_symbols

CLOSER = 0.35
"""Print shows more detail than a screen: things are drawn and named at a zoom that is smaller by so much."""

TURNS = (0, 180, 270, 90, 315, 45, 225, 135)
FARTHEST = 17.0
"""A symbol without space moves aside: in these directions in degrees, and by at most so many pixels."""


@dataclass(frozen=True, slots=True)
class PointSymbol:
    """A point on paper.

    Attributes
    ----------
    feature
        The feature as in ``content``.
    at
        Millimetres.
    size
        Pixels.
    crowded
        Whether other points leave no space for its symbol.
    """

    feature: Feature
    at: tuple[float, float]
    size: float
    crowded: bool


def find_point_symbols(
    canvas: Canvas, window: Window, features: Sequence[Feature], classes: Classes, zoom: float
) -> list[PointSymbol]:
    """The points inside a window, those of the first rank first.

    If points overlap, the later one moves aside a little. If that is not possible, or the point is a city or a station,
    it is crowded.
    """
    scale = scale_at(zoom, LOOK["pointScale"])
    points = sorted((one for one in features if one["geometry"].geom_type == "Point"), key=lambda one: one["rank"])
    if not points:
        return []
    laid = window.to_paper(shapely.get_coordinates([one["geometry"] for one in points]))
    left, lower, right, upper = window.paper
    found: list[PointSymbol] = []
    for feature, (x, y) in zip(points, laid, strict=True):
        style = classes[feature["class"]]["style"]
        size = point_size(feature, style) * scale
        edge = size / 2 * canvas.pixel
        if not (left + edge <= x <= right - edge and lower + edge <= y <= upper - edge):
            continue
        early = zoom + CLOSER < point_zoom(feature, style)
        firm = is_city(feature) or style["symbol"] == "station"
        free = None if early else _free(canvas, window, (float(x), float(y)), size, found, firm=firm)
        found.append(PointSymbol(feature, free or (float(x), float(y)), size, free is None))
    return found


def _free(
    canvas: Canvas, window: Window, at: tuple[float, float], size: float, found: Sequence[PointSymbol], *, firm: bool
) -> tuple[float, float] | None:
    """The point itself, or one beside it, where a symbol touches no other; None if there is none."""
    left, lower, right, upper = window.paper
    half = size / 2 * canvas.pixel
    others = [other for other in found if not other.crowded]
    steps: Iterable[float] = [] if firm else np.arange(size * 0.7, FARTHEST, 2.0) * canvas.pixel
    turns = [(math.cos(math.radians(turn)), math.sin(math.radians(turn))) for turn in TURNS]
    for x, y in (at, *((at[0] + dx * step, at[1] + dy * step) for step in steps for dx, dy in turns)):
        inside = left + half <= x <= right - half and lower + half <= y <= upper - half
        if inside and all(
            math.dist((x, y), other.at) >= (size + other.size) * LOOK["reach"] * canvas.pixel for other in others
        ):
            return x, y
    return None


def draw_point_symbols(canvas: Canvas, point_symbols: Sequence[PointSymbol], classes: Classes) -> None:
    """Draw the symbols of all points that are not crowded, each kind and size together."""
    alike: dict[tuple[float, str, str, float, bool, float], list[tuple[float, float]]] = defaultdict(list)
    for one in point_symbols:
        if one.crowded:
            continue
        feature, entry = one.feature, classes[one.feature["class"]]
        style, status = entry["style"], feature["status"]
        ink = (is_hollow(feature), point_opacity(status))
        key = (entry["z"], symbol_of(feature, style), style["color"], round(one.size, 2), *ink)
        alike[key].append(one.at)
    for (_, name, color, size, hollow, alpha), places in sorted(alike.items()):
        draw_symbols(canvas, name, color, size, places, hollow=hollow, alpha=alpha)
