"""The lines of a figure, drawn as on the pages: casing, ink, hollow core, marks, patterns for status and precision.

The rules are those of content.look.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
import shapely
from shapely import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from corridors.content.look import LOOK
from corridors.content.look import strokes as content_strokes
from corridors.content.page_types import Classes, Feature, Style, Traits
from corridors.content.palette import themed
from corridors.figures.canvas import Canvas
from corridors.figures.projection import Array, Window

Tier = Literal["casing", "ink", "core", "mark"]

(CROSS_STEP, CROSS_HALF), TICK_HALF, MARK_WIDTH = LOOK["cross"], LOOK["tick"], LOOK["mark"]
LANE_SMOOTH_MM, LANE_BEYOND_MM = 0.3, 12.0
"""Lines beside their course are first simplified more, and drawn farther outside the frame."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One stroke of a line on paper; width and dash in pixels."""

    tier: Tier
    color: str
    width: float
    alpha: float
    dash: str | None = None


def strokes(canvas: Canvas, style: Style, look: Traits, scale: float = 1.0) -> Iterator[Stroke]:
    """The strokes of a line, the lowest first.

    Parameters
    ----------
    canvas
        The canvas, whose theme gives the colours.
    style
        The style of the line's class.
    look
        Its ``status``, ``basis`` and ``confidence``, and whether it is ``hollow``. All of them are optional.
    scale
        The factor for widths, relative to a page at zoom 5.3.
    """
    inks = {"own": themed(style["color"], canvas.sheet.theme), "casing": canvas.colors.casing}
    for one in content_strokes(style, look):
        yield Stroke(one.tier, inks[one.ink], one.width * scale, one.opacity, one.dash)


def draw_lines(
    canvas: Canvas, window: Window, features: Sequence[Feature], classes: Classes, *, scale: float,
    zoom: float, ticks: bool,
) -> Mapping[str, BaseGeometry]:  # fmt: skip
    """Draw all lines. Return each as drawn on paper, by its feature's id.

    Parameters
    ----------
    features
        Lines as in ``content``.
    classes
        Their classes, by id.
    scale
        The factor for the widths of the styles.
    zoom
        The corresponding zoom of a page. Stations are ticked from 6 on.
    ticks
        Whether stations are ticked at all.
    """
    drawn = dict(zip([one["id"] for one in features], _courses(canvas, window, features, classes, scale), strict=True))

    def depth(feature: Feature) -> float:
        return float(classes[feature["class"]]["z"])

    for _, held in groupby(sorted(features, key=depth), key=depth):
        strata: dict[Stroke, list[BaseGeometry]] = defaultdict(list)
        for feature in held:
            style = classes[feature["class"]]["style"]
            for look, course in _sections(window, feature, drawn[feature["id"]]):
                for stroke in strokes(canvas, style, look, scale):
                    strata[stroke].append(course)
            ticked = ticks and zoom >= LOOK["stationsFrom"]
            marks = list(_marks(canvas, window, feature, drawn[feature["id"]], ticks=ticked))
            if marks:
                ink = themed(style["color"], canvas.sheet.theme)
                strata[Stroke("mark", ink, MARK_WIDTH * scale, 1.0)] += marks
        for tier in ("casing", "ink", "core", "mark"):
            for stroke, shapes in strata.items():
                if stroke.tier == tier:
                    canvas.stroke(
                        np.array(shapes), stroke.color, stroke.width, dash=stroke.dash, alpha=stroke.alpha
                    )  # fmt: skip
    return drawn


def _sections(window: Window, feature: Feature, whole: BaseGeometry) -> Iterator[tuple[Traits, BaseGeometry]]:
    """The parts of a line on paper, with their looks: along tracks, and straight from stop to stop."""
    positions = shapely.get_coordinates(feature["geometry"])
    straight = feature.get("straight", [])
    if not straight or straight == [(0, len(positions) - 1)]:
        yield feature, whole
        return
    for basis, ranges in (("tracks", between(straight, len(positions))), ("stations", straight)):
        parts = [LineString(positions[first : last + 1]) for first, last in ranges]
        look: Traits = {**feature, "basis": basis}
        yield look, window.drawn(shapely.segmentize(np.array([MultiLineString(parts)], dtype=object), 1.0))[0]


def between(ranges: Sequence[tuple[int, int]], count: int) -> list[tuple[int, int]]:
    """The ranges of so many positions beside some others, from their last to their first."""
    ends = [0, *(end for pair in ranges for end in pair), count - 1]
    return [(first, last) for first, last in zip(ends[::2], ends[1::2], strict=True) if first < last]


def _courses(
    canvas: Canvas, window: Window, features: Sequence[Feature], classes: Classes, scale: float
) -> Iterable[BaseGeometry]:
    """Lines as drawn on paper; lines in a lane are beside their course."""
    lanes = [classes[one["class"]]["style"].get("offset", 0.0) * scale * canvas.pixel for one in features]
    shapes = np.array([one["geometry"] for one in features], dtype=object)
    shapes = shapely.segmentize(shapes, 1.0)
    plain = window.drawn(shapes)
    for shape, near, lane in zip(shapes, plain, lanes, strict=True):
        if not lane:
            yield near
            continue
        wide = window.drawn(np.array([shape]), beyond=LANE_BEYOND_MM, tolerance=LANE_SMOOTH_MM)[0]
        parts = [LineString(beside(shapely.get_coordinates(part), lane)) for part in shapely.get_parts(wide)]
        yield MultiLineString(parts)


def beside(course: Array, distance: float) -> Array:
    """A line moved sideways, to the right of its direction, along the bisectors of its corners."""
    steps = np.diff(course, axis=0)
    lengths = np.hypot(*steps.T)
    kept = lengths > 0
    course = course[np.r_[True, kept]]
    normals = np.column_stack([steps[:, 1], -steps[:, 0]])[kept] / lengths[kept, None]
    sums = np.vstack([normals[:1] * 2, normals[:-1] + normals[1:], normals[-1:] * 2])
    # At sharp corners, at most twice the distance.
    size = np.maximum(0.5, (sums**2).sum(axis=1) / 2)
    return np.asarray(course + sums * (distance / size)[:, None])


def _marks(
    canvas: Canvas, window: Window, feature: Feature, course: BaseGeometry, *, ticks: bool
) -> Iterator[LineString]:
    """Bars across a suspended line, and ticks at the stations of a railway."""
    if feature["status"] == "suspended":
        for part in shapely.get_parts(course):
            step = CROSS_STEP * canvas.pixel
            for at in np.arange(step / 2, part.length, step):
                one, two = (shapely.get_coordinates(part.interpolate(max(0.0, at + by)))[0] for by in (-0.1, 0.1))
                yield bar((one + two) / 2, two - one, CROSS_HALF * canvas.pixel)
    if ticks and "stops" in feature:
        points = window.to_paper(shapely.get_coordinates(feature["geometry"]))
        for stop in feature["stops"]:
            before, after = points[max(0, stop - 1)], points[min(len(points) - 1, stop + 1)]
            yield bar(points[stop], after - before, TICK_HALF * canvas.pixel)


def bar(middle: Array, along: Array, half: float) -> LineString:
    """A short line across a direction."""
    across = np.array([-along[1], along[0]]) / (np.hypot(*along) or 1.0) * half
    return LineString([middle - across, middle + across])


def draw_sample(
    canvas: Canvas, left: float, middle: float, width: float, style: Style, look: Traits,
    scale: float,
) -> None:  # fmt: skip
    """Draw a short piece of a line for the legend, starting at ``left``, by the rules of the map; millimetres."""
    sample = LineString([(left, middle), (left + width, middle)])
    for stroke in strokes(canvas, style, look, scale):
        canvas.stroke(sample, stroke.color, stroke.width, dash=stroke.dash, alpha=stroke.alpha)
    if look.get("status") == "suspended":
        middles = [np.array([left + width * share, middle]) for share in (0.3, 0.7)]
        bars = [bar(at, np.array([1.0, 0.0]), CROSS_HALF * canvas.pixel * 0.8) for at in middles]
        canvas.stroke(np.array(bars), themed(style["color"], canvas.sheet.theme), MARK_WIDTH * scale)
