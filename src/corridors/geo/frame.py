"""Boxes of longitude and latitude, and the extent of the atlas, its basemap and its figures."""

import math
from collections.abc import Sequence

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS84)."""

FRAME: Box = (-12.0, 5.0, 150.0, 75.0)
"""The extent of the atlas."""

LEAST_DEGREES = 0.5
"""The least width and height of a box in degrees, if something is to be drawn in it."""


def box_around(location: Sequence[float], zoom: float) -> list[float]:
    """West, south, east, north in degrees of a window of 1024 by 640 pixels around a latitude, longitude."""
    degrees_a_pixel = 360 / (256 * 2**zoom)
    latitude, longitude = location
    high = 320 * degrees_a_pixel * math.cos(math.radians(latitude))
    wide = 512 * degrees_a_pixel
    west, east = max(-180.0, longitude - wide), min(180.0, longitude + wide)
    south, north = max(-85.0, latitude - high), min(85.0, latitude + high)
    return [round(edge, 5) for edge in (west, south, east, north)]
