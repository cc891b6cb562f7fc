"""Boxes of longitude and latitude, and the extent that the atlas draws: its basemap and its figures end here."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees (WGS84)."""

FRAME: Box = (20.0, 5.0, 150.0, 75.0)
"""What the atlas shows."""

LEAST_DEGREES = 0.5
"""How wide and how high a box is at least that something is drawn in."""
