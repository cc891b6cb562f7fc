"""The names of a figure: in order of rank, each at the best of several positions, by the rule of content.label_rule."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely

from corridors.content.label_rule import LABEL_RULE
from corridors.content.look import is_city, name_zoom
from corridors.data.folding import short_name
from corridors.figures.basemap import coverage
from corridors.figures.canvas import ASCENT, DESCENT, Box, Canvas
from corridors.figures.point_symbols import CLOSER, PointSymbol
from corridors.figures.projection import Window

Array = np.ndarray[Any, Any]
Kind = Literal["city", "port", "country"]
Segment = tuple[tuple[float, float], tuple[float, float]]

NAME_SIZE, MAJOR_SIZE, COUNTRY_SIZE, MINOR_SIZE, LEAST_SIZE = 11.5, 12.5, 12.0, 10.5, 9.5
HALO = 3.2
"""Sizes of names, and the width of the rim around them, in pixels."""

STEP_COST, RING_COST, LINE_COST = LABEL_RULE["costs"]
HAIR = "\u200a"
NEAR_RANK = 2
"""Names of a larger rank try only the nearest positions."""

DOT_PIXELS = 2.0
"""The distance between points on a thin line to a name. Other names keep away from these points."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name to place, and the feature that it names.

    Attributes
    ----------
    of
        The id of the feature, or the code of the country.
    at
        Millimetres.
    order
        Names with a smaller order are placed earlier.
    half
        Half the size of its symbol, in millimetres.
    rings
        The distances from the symbol that are tried, in pixels; empty for the name of a country.
    room
        The greatest distance between a country's name and its point, in millimetres.
    """

    of: str
    text: str
    kind: Kind
    at: tuple[float, float]
    order: float
    size: float
    bold: bool = False
    half: float = 0.0
    rings: tuple[float, ...] = ()
    room: float = 0.0


@dataclass(frozen=True, slots=True)
class Label:
    """A placed name: its box, the start of its baseline, and the thin line to it; millimetres."""

    name: Name
    box: Box
    x: float
    y: float
    leader: Segment | None = None


def wanted_names(
    canvas: Canvas,
    window: Window,
    point_symbols: Sequence[PointSymbol],
    countries: Sequence[Mapping[str, Any]],
    zoom: float,
) -> list[Name]:
    """The names in a window at a zoom: of points by rank, and of countries."""
    lang = canvas.sheet.lang
    names, inside = [], shapely.box(*window.paper)
    for entry in countries:
        at = window.to_paper(np.array([[entry["lon"], entry["lat"]]]))[0]
        if zoom + CLOSER < LABEL_RULE["countryZoom"][entry["rank"]] or not inside.contains(shapely.Point(at)):
            continue
        text = entry["name"][lang]
        close = text if lang == "zh" else text.upper()
        spaced = text if lang == "zh" else HAIR.join(close)
        forms = [(spaced, MINOR_SIZE), (close, LEAST_SIZE)]
        if entry["rank"] == 1:
            forms.insert(0, (spaced, COUNTRY_SIZE))
        names += [
            Name(
                entry["iso"], form, "country", (float(at[0]), float(at[1])), entry["rank"] * 10 + 5 + nth / 10, size,
                room=entry["km"] * 1000 * window.mm_per_m,
            )
            for nth, (form, size) in enumerate(forms)
        ]  # fmt: skip
    for one in point_symbols:
        feature, rank = one.feature, one.feature["rank"]
        if one.crowded or zoom + CLOSER < name_zoom(rank):
            continue
        named = feature["name"]
        text = short_name(named.get(lang) or named.get("en") or named.get("local") or next(iter(named.values())))
        near = LABEL_RULE["rings"][: 2 if rank <= NEAR_RANK else 1]
        names.append(
            Name(
                feature["id"], text, "port" if feature["id"].startswith("ports/") else "city", one.at,
                rank * 10 + (0 if is_city(feature) else 1),
                MAJOR_SIZE if rank <= 0 else NAME_SIZE, bold=rank <= 0, half=one.size / 2 * canvas.pixel,
                rings=near if rank > 0 else (*near, *LABEL_RULE["ledRings"]),
            )
        )  # fmt: skip
    return sorted(names, key=lambda name: name.order)


def place_names(
    canvas: Canvas,
    window: Window,
    names: Sequence[Name],
    taken: Sequence[Box],
    point_symbols: Sequence[PointSymbol],
    lines: Array,
) -> list[Label]:
    """Find positions for names, the first in order first. A name without a position is left out.

    Parameters
    ----------
    taken
        Boxes that names must not touch.
    point_symbols
        The drawn points. Names keep away from their symbols.
    lines
        Drawn lines that names should not cover.
    """
    inside = shapely.buffer(coverage(window), -canvas.pixel * 2)
    shapely.prepare(inside)
    symbols = np.array([(*one.at, one.size / 2 * canvas.pixel) for one in point_symbols]).reshape(-1, 3)
    ids = np.array([one.feature["id"] for one in point_symbols])
    full = np.array(taken).reshape(-1, 4)
    step, apart = (LABEL_RULE[length] * canvas.pixel for length in ("step", "apart"))
    samples = shapely.get_coordinates(shapely.segmentize(lines, step)) if len(lines) else np.empty((0, 2))
    labels: list[Label] = []
    for name in names:
        if any(other.name.of == name.of or _twice(canvas, other.name, name) for other in labels):
            continue
        others = symbols[ids != name.of]
        best: tuple[float, Label] | None = None
        for cost, label in _places(canvas, name):
            if best and cost >= best[0]:
                continue
            if _hits(full, _padded(label.box, apart)) or not _clear(label, others, apart):
                continue
            if not inside.contains(shapely.box(*label.box)):
                continue
            if label.leader and _crosses(_dots(canvas, label.leader), full, others):
                continue
            covered = min(1.0, _inside(samples, label.box) * step / (label.box[2] - label.box[0]))
            whole = cost + LINE_COST * covered
            if best is None or whole < best[0]:
                best = (whole, label)
        if best:
            labels.append(best[1])
            dots = _dots(canvas, best[1].leader) if best[1].leader else np.empty((0, 2))
            full = np.vstack([full, best[1].box, np.hstack([dots - canvas.pixel, dots + canvas.pixel])])
    return labels


def draw_names(canvas: Canvas, labels: Sequence[Label], *, tinted: bool) -> None:
    """Write names; their rims are drawn first."""
    colors = canvas.colors
    for label in labels:
        if label.leader:
            canvas.stroke(shapely.LineString(label.leader), colors.ink, 0.7)
    italic = {"city": False, "port": True, "country": False}
    words = [
        (label.name.text, label.x, label.y, label.name.size, label.name.bold, italic[label.name.kind])
        for label in labels
    ]
    canvas.halo(words, colors.land, HALO)
    for label in labels:
        name = label.name
        quiet = name.kind == "country" and not tinted
        canvas.write(
            name.text, label.x, label.y, name.size, bold=name.bold, italic=italic[name.kind],
            color=colors.quiet if quiet else colors.ink,
        )  # fmt: skip


def _places(canvas: Canvas, name: Name) -> Iterator[tuple[float, Label]]:
    """Positions for a name and their costs, nearer ones first."""
    wide = canvas.measure(name.text, name.size, bold=name.bold, italic=name.kind == "port")
    above, below = (share * canvas.type_size(name.size) * canvas.pixel for share in (ASCENT, DESCENT))
    high = above + below
    x, y = name.at
    corners: list[tuple[float, float, float]] = []
    if name.rings:
        for out, ring in enumerate(name.rings):
            far = name.half + (LABEL_RULE["gap"] + ring) * canvas.pixel
            for nth, (ax, ay, dx, dy) in enumerate(LABEL_RULE["places"]):
                corners.append((out * RING_COST + nth * STEP_COST, x + far * dx - ax * wide, y - far * dy + ay * high))
    else:
        steps, (across, down) = (0.0, -0.5, 0.5, -1.0, 1.0), LABEL_RULE["aside"]
        offsets = [(a * across * canvas.pixel, b * down * canvas.pixel) for b in steps for a in steps]
        within = [at for at in sorted(offsets, key=lambda at: math.hypot(*at)) if math.hypot(*at) <= name.room]
        corners += [(nth * STEP_COST, x + a - wide / 2, y + b + high / 2) for nth, (a, b) in enumerate(within)]
    for cost, left, upper in corners:
        box = (left, upper - high, left + wide, upper)
        yield cost, Label(name, box, left, upper - high + below, _leader(canvas, name, box))


def _leader(canvas: Canvas, name: Name, box: Box) -> Segment | None:
    """The thin line from the symbol of a point to its name, if they are far apart."""
    (x, y), (left, lower, right, upper) = name.at, box
    end = (min(max(x, left), right), min(max(y, lower), upper))
    length = math.dist(name.at, end)
    if not name.rings or length - name.half <= LABEL_RULE["led"] * canvas.pixel:
        return None
    share = name.half * LABEL_RULE["touch"] / length
    return (x + (end[0] - x) * share, y + (end[1] - y) * share), end


def _clear(label: Label, others: Array, margin: float) -> bool:
    """Whether a name keeps away from other symbols, and is nearer to its own symbol than to any of them.

    With a thin line, a name may also be farther than its own height from all other symbols.
    """
    if not len(others):
        return True
    left, lower, right, upper = label.box
    x, y, half = others.T
    far = np.hypot(np.maximum(np.maximum(left - x, x - right), 0), np.maximum(np.maximum(lower - y, y - upper), 0))
    if not label.name.rings:
        return bool((far > half).all())
    ax, ay = label.name.at
    own = math.hypot(max(left - ax, ax - right, 0), max(lower - ay, ay - upper, 0))
    nearest = bool((far > own + margin).all() and (far - half > own - label.name.half + margin).all())
    return nearest or (label.leader is not None and bool((far - half >= upper - lower).all()))


def _dots(canvas: Canvas, leader: Segment) -> Array:
    """Points along a thin line to a name."""
    count = max(2, math.ceil(math.dist(*leader) / (DOT_PIXELS * canvas.pixel)))
    return np.linspace(*leader, count)


def _crosses(dots: Array, boxes: Array, others: Array) -> bool:
    """Whether a thin line to a name crosses a box or a symbol."""
    if any(_hits(boxes, (x, y, x, y)) for x, y in dots):
        return True
    away = np.hypot(dots[:, :1] - others[:, 0], dots[:, 1:] - others[:, 1])
    return bool((away < others[:, 2]).any())


def _padded(box: Box, by: float) -> Box:
    """A box with space around it."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _twice(canvas: Canvas, one: Name, other: Name) -> bool:
    """Whether a name would be written twice for about the same place."""
    return one.text == other.text and math.dist(one.at, other.at) < LABEL_RULE["twice"] * canvas.pixel


def _hits(boxes: Array, box: Box) -> bool:
    """Whether a box overlaps one of others."""
    left, lower, right, upper = box
    over = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < upper) & (boxes[:, 3] > lower)
    return bool(over.any())


def _inside(samples: Array, box: Box) -> int:
    """The number of points inside a box."""
    left, lower, right, upper = box
    x, y = samples[:, 0], samples[:, 1]
    return int(np.count_nonzero((x > left) & (x < right) & (y > lower) & (y < upper)))
