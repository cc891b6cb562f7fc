"""Lines before and after they were matched on tracks: a picture of two maps, one below the other."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from shapely import LineString, MultiLineString
from shapely.geometry.base import BaseGeometry

from corridors.content.palette import themed
from corridors.content.style import CLASSES
from corridors.figures.canvas import Canvas
from corridors.figures.sheet import Drawing, Sheet, styled
from corridors.geo.geodesy import Coordinates
from corridors.locales import messages

MARGIN_MM, HEADING_MM, FOOT_MM = 6.0, 8.0, 5.0
LEAST_HEIGHT_MM, MOST_HEIGHT_MM = 40.0, 150.0
"""The height of each map, which follows from its extent."""

WORD, TITLE = 11.5, 14.0
ROOM = 0.05
"""Space around the lines, as a share of their extent."""


@dataclass(frozen=True, slots=True)
class Change:
    """A line before and after: its name, its stops, the tracks around it, and both courses (EPSG:4326)."""

    name: str
    stops: Coordinates
    tracks: Sequence[LineString]
    before: BaseGeometry
    after: BaseGeometry


def draw_change(changes: Sequence[Change], credit: str, sheet: Sheet) -> Drawing:
    """Draw lines before and after, on the tracks around them. The scale is true along the middle parallel."""
    words = messages(sheet.lang)
    bounds = shapely.total_bounds([shape for one in changes for shape in (one.before, one.after)])
    room = np.maximum(ROOM * (bounds[2:] - bounds[:2]), 0.02)
    low, high = bounds[:2] - room, bounds[2:] + room
    squeeze = float(np.cos(np.radians((low[1] + high[1]) / 2)))
    wide = sheet.width_mm - 2 * MARGIN_MM
    tall = min(
        MOST_HEIGHT_MM, max(LEAST_HEIGHT_MM, wide * float(high[1] - low[1]) / (float(high[0] - low[0]) * squeeze))
    )
    scale = min(wide / (float(high[0] - low[0]) * squeeze), tall / float(high[1] - low[1]))
    title = words["refine.title"].format(", ".join(one.name for one in changes))
    height = MARGIN_MM + 2 * HEADING_MM + 2 * tall + HEADING_MM + FOOT_MM
    with styled(sheet):
        canvas = Canvas(sheet, height)
        canvas.write(title, MARGIN_MM, height - MARGIN_MM - 2, TITLE, bold=True)
        for nth, key in enumerate(("before", "after")):
            top = height - MARGIN_MM - HEADING_MM - nth * (tall + HEADING_MM)
            box = (MARGIN_MM, top - HEADING_MM / 2 - tall, MARGIN_MM + wide, top - HEADING_MM / 2)
            canvas.write(words[f"refine.{key}"], MARGIN_MM, top - 2, WORD)
            middle = np.array([box[0] + box[2], box[1] + box[3]]) / 2

            def placed(shape: BaseGeometry, middle: Coordinates = middle) -> BaseGeometry:
                return shapely.transform(shape, lambda at: middle + scale * (at - (low + high) / 2) * (squeeze, 1.0))

            canvas.within(box)
            for one in changes:
                ink = themed(CLASSES["rail"]["gauge"][0].style["color"], sheet.theme)
                canvas.stroke(placed(MultiLineString(list(one.tracks))), canvas.colors.border, 0.8)
                canvas.stroke(placed(getattr(one, key)), ink, 2.2)
                dots = [
                    shapely.Point(place).buffer(1.6 * canvas.pixel)
                    for place in shapely.get_coordinates(placed(shapely.MultiPoint(one.stops)))
                ]
                canvas.fill(np.array(dots), canvas.colors.ink)
            canvas.within(None)
            canvas.stroke(shapely.box(*box).exterior, canvas.colors.border, 0.8)
        canvas.write(credit, MARGIN_MM, FOOT_MM / 2, WORD)
        figure = canvas.figure
    return Drawing(figure, title, title, sheet, "refine")
