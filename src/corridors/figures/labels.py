"""The names of a figure: by rank, each at the best of several places where it covers no other name and no symbol."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import shapely

from corridors.paper.canvas import ASCENT, DESCENT, Box, Canvas
from corridors.paper.ground import coverage
from corridors.paper.projection import Window
from corridors.paper.spots import CLOSER, Spot, name_zoom

Array = np.ndarray[Any, Any]
Kind = Literal["city", "port", "country"]

COUNTRY_FROM_ZOOM = (0, 3, 4)
"""The zoom from which a country is named, by its rank, as in web/assets/labels.js."""

NAME_SIZE, MAJOR_SIZE, COUNTRY_SIZE, MINOR_SIZE, LEAST_SIZE = 11.5, 12.5, 12.0, 10.5, 9.5
HALO = 3.2
"""Sizes of names, and the width of the rim about them, in pixels."""

GAP = 1.5
RINGS = (0.0, 5.0, 12.0)
FAR_RINGS = (20.0, 30.0)
LEADER_FROM = 10.0
"""How far names stand from their symbols, in pixels; farther ones are for names that have to be there."""

MUST_FROM_ZOOM = 2.8
"""On smaller maps than that, even names that have to be there may be left out."""

APART = 1.5
"""Pixels between names at least."""

ASIDE = (22.0, 24.0)
"""How far the name of a country may step aside, in pixels: more, and it would name its neighbour."""

HAIR = "\u200a"
SAMPLE_MM = 0.6
LINE_COST, STEP_COST, RING_COST = 3.0, 0.1, 1.4
"""What a place costs that lies on lines, times the share of it; what each place farther down the list and each ring
farther out costs."""

TWICE_PIXELS = 60.0
"""The same name twice so near (a city and its station) is said once."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that is wanted, and what it is the name of.

    Attributes
    ----------
    at
        Millimetres.
    reach
        Half the size of the symbol there, in millimetres; 0 for the name of a country.
    order
        The smaller, the earlier it is placed.
    must
        Whether it has to be there, at whatever distance.
    other
        Whether it is a smaller setting of a name that may have found its place already.
    """

    text: str
    kind: Kind
    at: tuple[float, float]
    reach: float
    order: float
    size: float
    bold: bool = False
    must: bool = False
    other: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A name that has its place: its box, and where its baseline starts, in millimetres."""

    name: Name
    box: Box
    x: float
    y: float


def short(name: str) -> str:
    """A name without what stands in brackets."""
    bare = re.sub(r"\s+\([^()]*\)(?=[\s,]|$)", "", name)
    return re.sub("（[^（）]*）$", "", bare).strip() or name


def wanted_names(
    canvas: Canvas, window: Window, spots: Sequence[Spot], countries: Sequence[Mapping[str, Any]], zoom: float
) -> list[Name]:
    """The names that a window of a zoom has: of points by rank, and of countries."""
    lang = canvas.sheet.lang
    names, inside = [], shapely.box(*window.paper)
    for entry in countries:
        at = window.to_paper(np.array([[entry["lon"], entry["lat"]]]))[0]
        if zoom + CLOSER < COUNTRY_FROM_ZOOM[entry["rank"]] or not inside.contains(shapely.Point(at)):
            continue
        text = entry["name"][lang]
        spaced = text if lang == "zh" else HAIR.join(text.upper())
        place, order = (float(at[0]), float(at[1])), entry["rank"] * 10 + 5
        if entry["rank"] == 1:
            names.append(Name(spaced, "country", place, 0.0, order, COUNTRY_SIZE))
        names.append(Name(spaced, "country", place, 0.0, order + 0.1, MINOR_SIZE, other=True))
        close = text if lang == "zh" else text.upper()
        names.append(Name(close, "country", place, 0.0, order + 0.2, LEAST_SIZE, other=True))
    for spot in spots:
        feature, rank = spot.feature, spot.feature["rank"]
        city = feature["id"].startswith("cities/")
        if zoom + CLOSER < name_zoom(feature) or (spot.crowded and not (city and rank <= 0)):
            continue
        told = feature["name"]
        text = short(told.get(lang) or told.get("en") or told.get("local") or next(iter(told.values())))
        major = rank <= 0
        names.append(
            Name(
                text, "port" if feature["id"].startswith("ports/") else "city", spot.at,
                (spot.size / 2 + GAP) * canvas.pixel, rank * 10 + (0 if city else 1),
                MAJOR_SIZE if major else NAME_SIZE, bold=major, must=major and zoom >= MUST_FROM_ZOOM,
            )
        )  # fmt: skip
    return sorted(names, key=lambda name: name.order)


def place_names(
    canvas: Canvas, window: Window, names: Sequence[Name], taken: Sequence[Box], symbols: Sequence[Box], lines: Array
) -> list[Label]:
    """Find places for names, the first in order first; what finds none is left out.

    Parameters
    ----------
    taken
        Boxes that no name may touch.
    symbols
        Boxes of symbols, which none may touch either.
    lines
        What names had better not lie on, as it is drawn.
    """
    inside = shapely.buffer(coverage(window), -canvas.pixel * 2)
    shapely.prepare(inside)
    full = np.array([*taken, *symbols]).reshape(-1, 4)
    samples = _samples(lines)
    labels: list[Label] = []
    for name in names:
        if any(other.name.text == name.text and _near(canvas, other.name, name) for other in labels):
            continue
        if name.other and any(label.name.at == name.at for label in labels):
            continue
        best: tuple[float, Label] | None = None
        for cost, label in _places(canvas, name):
            if best and cost >= best[0]:
                break
            if _hits(full, _padded(label.box, APART * canvas.pixel)) or not inside.contains(shapely.box(*label.box)):
                continue
            whole = cost + LINE_COST * _covered(samples, label.box)
            if best is None or whole < best[0]:
                best = (whole, label)
        if best:
            labels.append(best[1])
            full = np.vstack([full, best[1].box])
    return labels


def draw_names(canvas: Canvas, labels: Sequence[Label], *, tinted: bool) -> None:
    """Write names, their rims first."""
    colors = canvas.colors
    for label in labels:
        if (leader := _leader(canvas, label)) is not None:
            canvas.stroke(leader, colors.quiet, 0.7)
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
    """Places for a name and their costs: right, left, above, below, then the corners; farther rings after nearer."""
    wide = canvas.measure(name.text, name.size, bold=name.bold, italic=name.kind == "port")
    above, below = (share * name.size * canvas.pixel for share in (ASCENT, DESCENT))
    high = above + below
    x, y = name.at
    if not name.reach:
        steps = (0.0, -0.5, 0.5, -1.0, 1.0)
        offsets = sorted(((a * ASIDE[0], b * ASIDE[1]) for b in steps for a in steps), key=lambda at: math.hypot(*at))
        places = [
            (nth * STEP_COST, x + a * canvas.pixel - wide / 2, y + b * canvas.pixel - high / 2)
            for nth, (a, b) in enumerate(offsets)
        ]
    else:
        rings = (*RINGS, *FAR_RINGS) if name.must else RINGS[: 2 if name.order < 30 else 1]  # noqa: PLR2004 - rank
        places = []
        for out, ring in enumerate(rings):
            gap = name.reach + ring * canvas.pixel
            d = gap * 0.7
            around = (
                (gap, -high / 2), (-gap - wide, -high / 2), (-wide / 2, gap), (-wide / 2, -gap - high),
                (d, d), (d, -d - high), (-d - wide, d), (-d - wide, -d - high),
            )  # fmt: skip
            places += [(out * RING_COST + nth * STEP_COST, x + a, y + b) for nth, (a, b) in enumerate(around)]
    for cost, left, lower in places:
        yield cost, Label(name, (left, lower, left + wide, lower + high), left, lower + below)


def _leader(canvas: Canvas, label: Label) -> shapely.LineString | None:
    """A thin line from a name to its point, where they are far apart."""
    if not label.name.reach:
        return None
    between = shapely.shortest_line(shapely.Point(label.name.at), shapely.box(*label.box))
    if between.length < label.name.reach + LEADER_FROM * canvas.pixel:
        return None
    start = between.interpolate(label.name.reach)
    return shapely.LineString([start, between.interpolate(between.length - canvas.pixel)])


def _padded(box: Box, by: float) -> Box:
    """A box with room about it."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def _near(canvas: Canvas, one: Name, other: Name) -> bool:
    """Whether two names are of about one place."""
    return math.dist(one.at, other.at) < TWICE_PIXELS * canvas.pixel


def _hits(boxes: Array, box: Box) -> bool:
    """Whether a box overlaps one of others."""
    left, lower, right, upper = box
    over = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < upper) & (boxes[:, 3] > lower)
    return bool(over.any())


def _samples(lines: Array) -> Array:
    """Points along lines, close together."""
    if not len(lines):
        return np.empty((0, 2))
    return np.asarray(shapely.get_coordinates(shapely.segmentize(lines, SAMPLE_MM)))


def _covered(samples: Array, box: Box) -> float:
    """About which share of a box's width lines run through."""
    left, lower, right, upper = box
    x, y = samples[:, 0], samples[:, 1]
    count = np.count_nonzero((x > left) & (x < right) & (y > lower) & (y < upper))
    return min(1.0, count * SAMPLE_MM / (right - left))
