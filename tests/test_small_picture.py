"""Small pictures show of each area what is within them, whatever is left out of it outside."""

import re

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.geometry import LinearRing

from corridors.web.small_picture import HEIGHT, MARGIN, WIDTH, Window

WINDOW = Window((60.0, 30.0, 90.0, 48.0))
SEEN = np.mgrid[0:WIDTH:8, 0:HEIGHT:8].reshape(2, -1).T


def drawn(path):
    """The corners of a path of one ring, in pixels."""
    start, hops = re.fullmatch(r"M(.*)l(.*)Z", path).groups()
    numbers = np.array([start.split(), *np.reshape(hops.split(), (-1, 2)).tolist()], dtype=float)
    return numbers.cumsum(axis=0)


def test_what_is_seen_of_an_area_is_filled_and_nothing_else():
    draw, rings = np.random.default_rng(1), 0
    for _ in range(100):
        angles = np.sort(draw.uniform(0, 2 * np.pi, draw.integers(5, 60)))
        away = draw.uniform(1, 40, len(angles))
        ring = LinearRing(np.column_stack([75 + away * np.cos(angles), 39 + away * np.sin(angles)]))
        path = WINDOW.path(np.array([ring]), closed=True)
        clamped = WINDOW.pixels(shapely.get_coordinates(ring)).clip(-MARGIN, [WIDTH + MARGIN, HEIGHT + MARGIN])
        if path:
            clear = shapely.distance(shapely.points(SEEN), LinearRing(clamped)) > 1.5  # corners are whole pixels
            filled, whole = (Path(corners).contains_points(SEEN[clear]) for corners in (drawn(path), clamped))
            assert (filled == whole).all(), ring
            rings += 1
    assert rings > 50


def test_a_coast_outside_costs_few_corners():
    coast = [(20 + nth % 3, 30 + nth % 7) for nth in range(1000)]
    path = WINDOW.path(np.array([LinearRing([*coast, (75, 45), (75, 32)])]), closed=True)
    assert len(drawn(path)) < 12
