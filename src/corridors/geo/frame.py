"""Boxes of longitude and latitude, and the extent of the atlas, its basemap and its figures."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS84)."""

FRAME: Box = (20.0, 5.0, 150.0, 75.0)
"""The extent of the atlas."""

LEAST_DEGREES = 0.5
"""The least width and height of a box in degrees, if something is to be drawn in it."""


def within(box: Box, other: Box) -> bool:
    """Whether a box lies within another one."""
    return box[0] >= other[0] and box[1] >= other[1] and box[2] <= other[2] and box[3] <= other[3]
