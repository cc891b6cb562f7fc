"""The areas of a figure: countries coloured by value, or hatched if they have none."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import MultiLineString

from corridors.content.page_types import Classes, Feature, Style
from corridors.content.palette import themed
from corridors.figures.basemap import FINE_MM
from corridors.figures.canvas import Canvas
from corridors.figures.projection import Array, Window

TINT, EDGE_WIDTH = 0.75, 0.7
HATCH_STEP, HATCH_WIDTH, HATCH_TINT = 6.0, 0.8, 0.4
"""The distance between lines of a hatch, and their width, in pixels."""


def draw_areas(canvas: Canvas, window: Window, features: Sequence[Feature], classes: Classes) -> None:
    """Draw areas that show a value or a missing one. Others are only land."""
    for feature in features:
        style = classes[feature["class"]]["style"]
        if style["fill"] or style["hatch"]:
            shape = shapely.make_valid(feature["geometry"])
            draw_patch(canvas, window.drawn(np.array([shape]), tolerance=FINE_MM)[0], style)


def draw_patch(canvas: Canvas, shape: shapely.Geometry, style: Style) -> None:
    """Draw one area, in millimetres, in the style of its class."""
    parts = shapely.get_parts(shape)
    parts = parts[shapely.get_type_id(parts) == 3]  # noqa: PLR2004 - polygons
    if style["hatch"]:
        canvas.stroke(hatch(parts, HATCH_STEP * canvas.pixel), canvas.colors.quiet, HATCH_WIDTH, alpha=HATCH_TINT)
    elif style["fill"]:
        canvas.fill(parts, themed(style["fill"], canvas.sheet.theme, area=True), alpha=TINT)
    canvas.stroke(shapely.boundary(parts), canvas.colors.border, EDGE_WIDTH)


def hatch(parts: Array, step: float) -> Array:
    """Lines over polygons, rising to the right, ``step`` apart."""
    area = shapely.union_all(shapely.make_valid(parts))
    if shapely.is_empty(area):
        return np.array([], dtype=object)
    left, lower, right, upper = area.bounds
    apart, high = step * 2**0.5, upper - lower
    # Multiples of the step, so that the hatches of neighbours are continuous.
    starts = np.arange(np.floor((left - high) / apart), np.ceil(right / apart) + 1) * apart + lower % apart
    feet = np.column_stack([starts, np.full_like(starts, lower)])
    lines = MultiLineString(list(np.stack([feet, feet + high], axis=1)))
    return shapely.get_parts(shapely.intersection(lines, area))
