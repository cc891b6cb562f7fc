"""The field of a figure: the map itself, drawn into its window, and where its names and symbols came to lie."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from corridors.paper.areas import draw_areas
from corridors.paper.canvas import Box, Canvas
from corridors.paper.frame import (
    CORNER_GAP,
    bar_size,
    corners,
    draw_degrees,
    draw_graticule,
    draw_neatline,
    draw_scale,
    globe_radius,
    quietest,
)
from corridors.paper.ground import Ground, draw_borders, draw_globe, draw_land
from corridors.paper.labels import Label, draw_names, place_names, wanted_names
from corridors.paper.lines import draw_lines
from corridors.paper.marks import BADGE_RADIUS, badge_box, draw_badge, draw_gates, gate_boxes
from corridors.paper.projection import Window
from corridors.paper.spots import Spot, draw_spots, find_spots
from corridors.web.payload import decode_geometry

Array = np.ndarray[Any, Any]
Feature = Mapping[str, Any]

PLANE_PIXEL_M = 156_543.034
"""Metres on the equator to a pixel of a page at zoom 0."""

POINT_WEIGHT = 4
"""How many millimetres of line a point weighs where a quiet corner is sought."""


@dataclass(frozen=True, slots=True)
class Field:
    """What is drawn on a map.

    Attributes
    ----------
    features, classes
        As web.content tells of both.
    countries
        Where the names of countries stand.
    numbers
        Marks of lines, by the id of the feature.
    """

    features: Sequence[Feature]
    classes: Mapping[str, Any]
    countries: Sequence[Mapping[str, Any]]
    numbers: Mapping[str, str]

    def of(self, geometry: str) -> list[Feature]:
        """The features that are drawn as line, point or area."""
        return [one for one in self.features if self.classes[one["class"]]["geometry"] == geometry]


@dataclass(frozen=True, slots=True)
class Laid:
    """Where things came to lie: names, points, and boxes that no name may touch; millimetres."""

    labels: Sequence[Label]
    spots: Sequence[Spot]
    taken: Sequence[Box]


def zoom_of(window: Window, pixel: float) -> float:
    """The zoom of a page on which a pixel shows as many metres as in the middle of a window; ``pixel`` in mm."""
    _, lat = window.centre
    return math.log2(PLANE_PIXEL_M * math.cos(math.radians(lat)) * window.mm_per_m / pixel)


def line_scale(window: Window, pixel: float) -> float:
    """How much lighter or heavier lines are than their styles say, as ``lineScale`` of web/assets/renderer.js."""
    return max(0.7, min(1.4, 0.7 + (zoom_of(window, pixel) - 3) * 0.13))


def seen(field: Field, canvas: Canvas, window: Window) -> list[Feature]:
    """The features of which something is to be seen in a window."""
    shaped = [one for one in field.features if one["geometry"]["t"] != "Point"]
    shapes = np.array([decode_geometry(one["geometry"]) for one in shaped], dtype=object)
    there: Any = ~shapely.is_empty(window.drawn(shapely.segmentize(shapes, 1.0), beyond=0.0)) if shaped else []
    spots = find_spots(canvas, window, field.of("point"), field.classes, zoom_of(window, canvas.pixel))
    ids = {one["id"] for one, here in zip(shaped, there, strict=True) if here}
    ids |= {spot.feature["id"] for spot in spots if not spot.crowded}
    return [one for one in field.features if one["id"] in ids]


def draw_field(canvas: Canvas, window: Window, field: Field, ground: Ground) -> Laid:
    """Draw the map into its window, from the sea up to the names, and its frame."""
    pixel, zoom = canvas.pixel, zoom_of(window, canvas.pixel)
    areas, points = field.of("area"), field.of("point")
    canvas.within(window.paper)
    draw_land(canvas, window, ground)
    draw_areas(canvas, window, areas, field.classes)
    draw_graticule(canvas, window)
    draw_borders(canvas, window, ground)
    stations = any(field.classes[one["class"]]["style"]["symbol"] == "station" for one in points)
    courses = draw_lines(
        canvas, window, field.of("line"), field.classes, scale=line_scale(window, pixel), zoom=zoom, ticks=not stations
    )
    gates = gate_boxes(canvas, window, [one for one in points if "share" in one])
    spots = find_spots(canvas, window, [one for one in points if "share" not in one], field.classes, zoom)
    draw_spots(canvas, spots, field.classes)
    draw_gates(canvas, gates)
    lines = np.array([course for course in courses.values() if not course.is_empty], dtype=object)
    symbols = [_around(spot, pixel) for spot in spots if not spot.crowded]
    taken = [box for _, box in gates]
    globe, bar = _quiet_corners(canvas, window, lines, [*symbols, *taken])
    taken += [globe, bar, *_draw_numbers(canvas, window, field, courses, [*taken, globe, bar], symbols)]
    names = wanted_names(canvas, window, spots, field.countries, zoom)
    labels = place_names(canvas, window, names, taken, symbols, lines)
    draw_names(canvas, labels, tinted=any(field.classes[one["class"]]["style"]["fill"] for one in areas))
    draw_scale(canvas, window, bar)
    canvas.within(None)
    middle = ((globe[0] + globe[2]) / 2, (globe[1] + globe[3]) / 2)
    draw_globe(canvas, window, ground, middle, globe_radius(canvas, window))
    draw_neatline(canvas, window)
    draw_degrees(canvas, window)
    return Laid(labels, spots, taken)


def _quiet_corners(canvas: Canvas, window: Window, lines: Array, boxes: Sequence[Box]) -> tuple[Box, Box]:
    """Boxes for the globe and the scale bar, in corners where they hide least."""
    points = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes for _ in range(POINT_WEIGHT)]
    busy = np.vstack([shapely.get_coordinates(shapely.segmentize(lines, 1.0)), np.reshape(points, (-1, 2))])
    gap, side = CORNER_GAP * canvas.pixel, 2 * globe_radius(canvas, window)
    globe = quietest(corners(window, (side, side), gap)[::-1], busy)
    bars = corners(window, bar_size(canvas, window), gap)[:2]
    free = [box for box in bars if box[0] >= globe[2] or box[2] <= globe[0] or box[3] <= globe[1]]
    return globe, quietest(free or bars, busy)


def _draw_numbers(
    canvas: Canvas, window: Window, field: Field, courses: Mapping[str, BaseGeometry], taken: Sequence[Box],
    symbols: Sequence[Box],
) -> list[Box]:  # fmt: skip
    """Draw the numbers of lines, that of the shortest first, and give their boxes."""
    boxes: list[Box] = []
    numbered = [one for one in field.of("line") if one["id"] in field.numbers]
    for feature in sorted(numbered, key=lambda one: (one["tag"]["km"], one["id"])):
        half = BADGE_RADIUS * canvas.pixel
        course = courses[feature["id"]]
        box = badge_box(window, feature, course, [*taken, *boxes, *symbols], half) or badge_box(
            window, feature, course, [*taken, *boxes], half
        )
        if box:
            color = field.classes[feature["class"]]["style"]["color"]
            draw_badge(canvas, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, field.numbers[feature["id"]], color)
            boxes.append(box)
    return boxes


def _around(spot: Spot, pixel: float) -> Box:
    """The box of a symbol."""
    (x, y), half = spot.at, spot.size / 2 * pixel
    return x - half, y - half, x + half, y + half
