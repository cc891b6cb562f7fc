"""The best position for a name, by the rule of content.label_rule: what it must not touch, and the costs of positions.

A page has the same search (``map/label_places.ts``), since it places its names again in every view. Shared test cases
check that both find the same positions. Coordinates are those of paper, with y upward. ``pixel`` is the length of a
pixel of the pages in these coordinates.
"""

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from corridors.content.label_rule import LABEL_RULE
from corridors.figures.projection import Array

Point = tuple[float, float]
Segment = tuple[Point, Point]
Box = tuple[float, float, float, float]
"""Left, lower, right, upper edge."""

STEP_COST, RING_COST, LINE_COST = LABEL_RULE["costs"]
NOWHERE = np.empty((0, 2))


@dataclass(frozen=True, slots=True)
class Anchor:
    """The feature or country that a name belongs to.

    Attributes
    ----------
    at
        Its centre.
    half
        Half the size of its symbol.
    rings
        The distances from the symbol that are tried, in pixels; empty for a country.
    room
        The greatest distance of a country's name from ``at``.
    """

    at: Point
    half: float = 0.0
    rings: tuple[float, ...] = ()
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everything that is already placed.

    Attributes
    ----------
    pixel
        The length of a pixel of the pages.
    inside
        Whether a box is on the map.
    taken
        Boxes that names must not touch, one per row.
    others
        Centre and half the size of each symbol except the name's own, one per row.
    lines
        Points along lines, ``step`` pixels apart, that names should not cover.
    """

    pixel: float
    inside: Callable[[Box], bool]
    taken: Array
    others: Array
    lines: Array


@dataclass(frozen=True, slots=True)
class Place:
    """A position for a name: its box, the thin line to it, and its cost."""

    box: Box
    leader: Segment | None
    cost: float


def best_place(anchor: Anchor, wide: float, high: float, around: Surroundings) -> Place | None:
    """The cheapest position for a name of this width and height; the first of equals, or None if there is none."""
    pixel = around.pixel
    step, apart = LABEL_RULE["step"] * pixel, LABEL_RULE["apart"] * pixel
    best: Place | None = None
    for cost, box in _boxes(anchor, wide, high, pixel):
        if best and cost >= best.cost:
            continue
        leader = _leader(anchor, box, pixel)
        if _hits(around.taken, _padded(box, apart)) or not _clear(anchor, box, around.others, apart, led=bool(leader)):
            continue
        if not around.inside(box) or _crosses(dots_of(leader, pixel), around.taken, around.others):
            continue
        covered = min(1.0, _inside(around.lines, box) * step / (box[2] - box[0]))
        whole = cost + LINE_COST * covered
        if best is None or whole < best.cost:
            best = Place(box, leader, whole)
    return best


def dots_of(leader: Segment | None, pixel: float) -> Array:
    """Points along a thin line to a name. Other names keep away from them."""
    if leader is None:
        return NOWHERE
    count = max(2, math.ceil(math.dist(*leader) / (LABEL_RULE["dots"] * pixel)))
    return np.linspace(*leader, count)


def _boxes(anchor: Anchor, wide: float, high: float, pixel: float) -> Iterator[tuple[float, Box]]:
    """Positions for a name and their costs, nearer ones first."""
    x, y = anchor.at
    corners: list[tuple[float, float, float]] = []
    if anchor.rings:
        for out, ring in enumerate(anchor.rings):
            far = anchor.half + (LABEL_RULE["gap"] + ring) * pixel
            for nth, (ax, ay, dx, dy) in enumerate(LABEL_RULE["places"]):
                corners.append((out * RING_COST + nth * STEP_COST, x + far * dx - ax * wide, y - far * dy + ay * high))
    else:
        steps, (across, down) = (0.0, -0.5, 0.5, -1.0, 1.0), LABEL_RULE["aside"]
        offsets = [(a * across * pixel, b * down * pixel) for b in steps for a in steps]
        within = [at for at in sorted(offsets, key=lambda at: math.hypot(*at)) if math.hypot(*at) <= anchor.room]
        corners += [(nth * STEP_COST, x + a - wide / 2, y + b + high / 2) for nth, (a, b) in enumerate(within)]
    for cost, left, upper in corners:
        yield cost, (left, upper - high, left + wide, upper)


def _leader(anchor: Anchor, box: Box, pixel: float) -> Segment | None:
    """The thin line from the symbol of a point to its name, if they are far apart."""
    (x, y), (left, lower, right, upper) = anchor.at, box
    end = (min(max(x, left), right), min(max(y, lower), upper))
    length = math.dist(anchor.at, end)
    if not anchor.rings or length - anchor.half <= LABEL_RULE["led"] * pixel:
        return None
    share = anchor.half * LABEL_RULE["touch"] / length
    return (x + (end[0] - x) * share, y + (end[1] - y) * share), end


def _clear(anchor: Anchor, box: Box, others: Array, margin: float, *, led: bool) -> bool:
    """Whether a name keeps away from other symbols, and is nearer to its own symbol than to any of them.

    With a thin line, a name may also be farther than its own height from all other symbols.
    """
    if not len(others):
        return True
    left, lower, right, upper = box
    x, y, half = others.T
    far = np.hypot(np.maximum(np.maximum(left - x, x - right), 0), np.maximum(np.maximum(lower - y, y - upper), 0))
    if not anchor.rings:
        return bool((far > half).all())
    ax, ay = anchor.at
    own = math.hypot(max(left - ax, ax - right, 0), max(lower - ay, ay - upper, 0))
    nearest = bool((far > own + margin).all() and (far - half > own - anchor.half + margin).all())
    return nearest or (led and bool((far - half >= upper - lower).all()))


def _crosses(dots: Array, boxes: Array, others: Array) -> bool:
    """Whether a thin line to a name crosses a box or a symbol."""
    if any(_hits(boxes, (x, y, x, y)) for x, y in dots):
        return True
    away = np.hypot(dots[:, :1] - others[:, 0], dots[:, 1:] - others[:, 1])
    return bool((away < others[:, 2]).any())


def _padded(box: Box, by: float) -> Box:
    """A box with space around it."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _hits(boxes: Array, box: Box) -> bool:
    """Whether a box overlaps one of others."""
    left, lower, right, upper = box
    over = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < upper) & (boxes[:, 3] > lower)
    return bool(over.any())


def _inside(points: Array, box: Box) -> int:
    """The number of points inside a box."""
    left, lower, right, upper = box
    x, y = points[:, 0], points[:, 1]
    return int(np.count_nonzero((x > left) & (x < right) & (y > lower) & (y < upper)))
