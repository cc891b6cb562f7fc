"""The map frame of a figure: the map drawn into its window, and the positions of its names and symbols."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString
from shapely.geometry.base import BaseGeometry

from corridors.content.basemap import Basemap, CountryLabel
from corridors.content.look import LOOK, scale_at
from corridors.content.page_types import Classes, Feature, Geometry
from corridors.content.palette import themed
from corridors.figures.areas import draw_areas
from corridors.figures.badges import badge_place, draw_badge, draw_gates, gate_boxes
from corridors.figures.basemap import draw_borders, draw_globe, draw_land, ground_of
from corridors.figures.canvas import Box, Canvas
from corridors.figures.graticule import (
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
from corridors.figures.labels import Label, draw_names, place_names, wanted_names
from corridors.figures.lines import draw_lines
from corridors.figures.point_symbols import PointSymbol, draw_point_symbols, find_point_symbols
from corridors.figures.projection import Array, Window

PLANE_PIXEL_M = 156_543.034
"""Metres per pixel of a page at zoom 0 on the equator."""

POINT_WEIGHT = 4
"""When a quiet corner is sought, a point counts as much as so many millimetres of line."""


@dataclass(frozen=True, slots=True)
class MapFrame:
    """The content of a map frame.

    Attributes
    ----------
    features, classes
        Features and classes as in ``content``.
    countries
        The positions of the names of countries.
    numbers
        Numbers of lines, by the id of the feature.
    """

    features: Sequence[Feature]
    classes: Classes
    countries: Sequence[CountryLabel]
    numbers: Mapping[str, str]

    def of(self, geometry: Geometry) -> list[Feature]:
        """The features that are drawn as line, point or area."""
        return [one for one in self.features if self.classes[one["class"]]["geometry"] == geometry]


@dataclass(frozen=True, slots=True)
class Laid:
    """Positions of drawn things, in millimetres.

    Attributes
    ----------
    labels, point_symbols
        Names and points.
    taken
        Boxes that names must not touch.
    numbers, courses
        The boxes of the lines' numbers with the thin lines to them, and all lines as drawn, by the feature's id.
    """

    labels: Sequence[Label]
    point_symbols: Sequence[PointSymbol]
    taken: Sequence[Box]
    numbers: Mapping[str, tuple[Box, LineString | None]]
    courses: Mapping[str, BaseGeometry]


def zoom_of(window: Window, pixel: float) -> float:
    """The zoom of a page whose pixels show as many metres as at the centre of a window; ``pixel`` in mm."""
    _, lat = window.centre
    return math.log2(PLANE_PIXEL_M * math.cos(math.radians(lat)) * window.mm_per_m / pixel)


def line_scale(window: Window, pixel: float) -> float:
    """The factor for the widths of lines in the styles."""
    return scale_at(zoom_of(window, pixel), LOOK["lineScale"])


def seen(map_frame: MapFrame, canvas: Canvas, window: Window) -> list[Feature]:
    """The features that are at least partly visible in a window."""
    shaped = [one for one in map_frame.features if one["geometry"].geom_type != "Point"]
    shapes = np.array([one["geometry"] for one in shaped], dtype=object)
    there: Iterable[bool] = []
    if shaped:
        there = ~shapely.is_empty(window.drawn(shapely.segmentize(shapes, 1.0), beyond=0.0))
    point_symbols = find_point_symbols(
        canvas, window, map_frame.of("point"), map_frame.classes, zoom_of(window, canvas.pixel)
    )
    ids = {one["id"] for one, here in zip(shaped, there, strict=True) if here}
    ids |= {one.feature["id"] for one in point_symbols if not one.crowded}
    return [one for one in map_frame.features if one["id"] in ids]


def draw_map_frame(canvas: Canvas, window: Window, map_frame: MapFrame, basemap: Basemap) -> Laid:
    """Draw the map into its window, from the sea to the names, and its frame."""
    pixel, zoom = canvas.pixel, zoom_of(window, canvas.pixel)
    areas, points = map_frame.of("area"), map_frame.of("point")
    ground = ground_of(window, basemap)
    canvas.within(window.paper)
    draw_land(canvas, window, ground)
    draw_areas(canvas, window, areas, map_frame.classes)
    draw_graticule(canvas, window)
    draw_borders(canvas, window, ground)
    stations = any(map_frame.classes[one["class"]]["style"]["symbol"] == "station" for one in points)
    courses = draw_lines(
        canvas,
        window,
        map_frame.of("line"),
        map_frame.classes,
        scale=line_scale(window, pixel),
        zoom=zoom,
        ticks=not stations,
    )
    gates = gate_boxes(canvas, window, [one for one in points if "share" in one])
    point_symbols = find_point_symbols(
        canvas, window, [one for one in points if "share" not in one], map_frame.classes, zoom
    )
    draw_point_symbols(canvas, point_symbols, map_frame.classes)
    draw_gates(canvas, gates)
    lines = np.array([course for course in courses.values() if not course.is_empty], dtype=object)
    symbols = [_around(one, pixel) for one in point_symbols if not one.crowded]
    taken = [box for _, box in gates]
    globe, bar = _quiet_corners(canvas, window, lines, [*symbols, *taken])
    taken += [globe, bar]
    numbers = _draw_numbers(canvas, window, map_frame, courses, [*taken, *symbols])
    taken += [box for box, _ in numbers.values()]
    led = [shapely.segmentize(leader, 2 * pixel) for _, leader in numbers.values() if leader]
    taken += [(x - pixel, y - pixel, x + pixel, y + pixel) for x, y in shapely.get_coordinates(led)]
    names = wanted_names(canvas, window, point_symbols, map_frame.countries, zoom)
    drawn = [one for one in point_symbols if not one.crowded]
    labels = place_names(canvas, window, names, taken, drawn, lines)
    draw_names(canvas, labels, tinted=any(map_frame.classes[one["class"]]["style"]["fill"] for one in areas))
    draw_scale(canvas, window, bar)
    canvas.within(None)
    middle = ((globe[0] + globe[2]) / 2, (globe[1] + globe[3]) / 2)
    draw_globe(canvas, window, basemap, middle, globe_radius(canvas, window))
    draw_neatline(canvas, window)
    draw_degrees(canvas, window)
    return Laid(labels, point_symbols, taken, numbers, courses)


def _quiet_corners(canvas: Canvas, window: Window, lines: Array, boxes: Sequence[Box]) -> tuple[Box, Box]:
    """Boxes for the globe and the scale bar, in the corners where they hide least."""
    points = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in boxes for _ in range(POINT_WEIGHT)]
    busy = np.vstack([shapely.get_coordinates(shapely.segmentize(lines, 1.0)), np.reshape(points, (-1, 2))])
    gap, side = CORNER_GAP * canvas.pixel, 2 * globe_radius(canvas, window)
    globe = quietest(corners(window, (side, side), gap)[::-1], busy)
    bars = corners(window, bar_size(canvas, window), gap)[:2]
    free = [box for box in bars if box[0] >= globe[2] or box[2] <= globe[0] or box[3] <= globe[1]]
    return globe, quietest(free or bars, busy)


def _draw_numbers(
    canvas: Canvas, window: Window, map_frame: MapFrame, courses: Mapping[str, BaseGeometry], taken: Sequence[Box]
) -> dict[str, tuple[Box, LineString | None]]:
    """Draw the numbers of lines, that of the shortest line first. Return their boxes and the thin lines to them."""
    found: dict[str, tuple[Box, LineString | None]] = {}
    numbered = [one for one in map_frame.of("line") if one["id"] in map_frame.numbers]
    for feature in sorted(numbered, key=lambda one: (one["tag"]["km"], one["id"])):
        name = feature["id"]
        others = [courses[one["id"]] for one in numbered if one is not feature]
        full = [*taken, *(box for box, _ in found.values())]
        place = badge_place(window, feature, courses[name], others, full, canvas.pixel)
        if place:
            box, leader = place
            color = map_frame.classes[feature["class"]]["style"]["color"]
            if leader:
                canvas.stroke(leader, themed(color, canvas.sheet.theme), 1.2)
            draw_badge(canvas, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, map_frame.numbers[name], color)
            found[name] = place
    return found


def _around(one: PointSymbol, pixel: float) -> Box:
    """The box around a symbol."""
    (x, y), half = one.at, one.size / 2 * pixel
    return x - half, y - half, x + half, y + half
