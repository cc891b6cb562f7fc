"""The symbols of points, from SVG primitives to paths, and their drawing on paper."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.path import Path

from corridors.content.look import LOOK
from corridors.content.palette import themed
from corridors.content.symbols import SYMBOLS
from corridors.figures.canvas import Canvas

if TYPE_CHECKING:
    from matplotlib.transforms import Affine2D

Point = tuple[float, float]

BOX, STROKE, RIM = LOOK["symbol"]
COMMANDS = re.compile(r"([MmLlHhVvCcAaZz])([^MmLlHhVvCcAaZz]*)")
NUMBERS = re.compile(r"[-+]?(?:\d*\.\d+|\d+)")
LENGTHS = {"m": 2, "l": 2, "h": 1, "v": 1, "c": 6, "a": 7}


def draw_symbols(
    canvas: Canvas, name: str, color: str, size: float, places: Sequence[Point], *, hollow: bool, alpha: float = 1.0
) -> None:
    """Draw a symbol at places in millimetres: first a rim, then the symbol; hollow if the position is not certain.

    ``color`` is that of the light theme; ``size`` is in pixels.
    """
    ink = themed(color, canvas.sheet.theme)
    colors = canvas.colors
    roles = {"current": ink, "paper": colors.land, "standard": colors.standard, "broad": colors.broad, "none": "none"}
    at, scale = np.array(places), size / BOX
    for rim in (True, False):
        for path, attributes in _primitives(name):
            width = float(attributes.get("stroke-width", STROKE)) * scale
            shape = path.transformed(_about_middle(scale))
            fill, stroke = attributes["fill"], attributes["stroke"]
            if rim:
                face = "none" if fill == "none" else colors.casing
                canvas.stamp(shape, at, face=face, edge=colors.casing, width=width + RIM * scale, alpha=alpha)
                continue
            if hollow and fill == "current":
                fill, stroke = "paper", "current"
            elif hollow and stroke == "paper":
                stroke = "current"
            edge = roles[stroke]
            canvas.stamp(
                shape, at, face=roles[fill], edge=edge, width=0.0 if edge == "none" else width, alpha=alpha
            )  # fmt: skip


def _about_middle(scale: float) -> "Affine2D":
    """From the box of symbols, with y downward, to pixels around 0,0, with y upward."""
    from matplotlib.transforms import Affine2D  # noqa: PLC0415

    return Affine2D().translate(-BOX / 2, -BOX / 2).scale(scale, -scale)


@cache
def _primitives(name: str) -> Sequence[tuple[Path, Mapping[str, str]]]:
    """The primitives of a symbol as paths in its box."""
    return [(_path(tag, attributes), attributes) for tag, attributes in SYMBOLS[name]]


def _path(tag: str, attributes: Mapping[str, str]) -> Path:
    """One primitive as a path."""
    if tag == "path":
        return svg_path(attributes["d"])
    if tag == "polygon":
        return svg_path(f"M{attributes['points'].replace(' ', 'L')}z")
    if tag == "rect":
        left, top, wide, high = (float(attributes[key]) for key in ("x", "y", "width", "height"))
        return svg_path(f"M{left} {top}h{wide}v{high}h{-wide}z")
    middle, radius = (float(attributes["cx"]), float(attributes["cy"])), float(attributes["r"])
    return Path.circle(middle, radius)


def svg_path(text: str) -> Path:
    """The data of an SVG path as a path. Only the commands of our symbols are known: M, L, H, V, C, A and Z.

    The grammar is that of SVG 1.1, chapter 8.3.
    """
    vertices: list[Point] = []
    codes: list[int] = []
    here = start = (0.0, 0.0)
    for letter, rest in COMMANDS.findall(text):
        kind, relative = letter.lower(), letter.islower()
        if kind == "z":
            vertices.append(start)
            codes.append(int(Path.CLOSEPOLY))
            here = start
            continue
        numbers = [float(number) for number in NUMBERS.findall(rest)]
        for nth in range(0, len(numbers), LENGTHS[kind]):
            part = numbers[nth : nth + LENGTHS[kind]]
            points = list(_points(kind, part, here, relative=relative))
            vertices += points
            code = Path.CURVE4 if kind in "ca" else Path.MOVETO if kind == "m" and nth == 0 else Path.LINETO
            codes += [int(code)] * len(points)
            here = points[-1]
            if kind == "m" and nth == 0:
                start = here
    return Path(vertices, codes)


def _points(kind: str, part: Sequence[float], here: Point, *, relative: bool) -> Iterator[Point]:
    """The vertices of one command."""
    x, y = here if relative else (0.0, 0.0)
    if kind == "h":
        yield part[0] + x, here[1]
    elif kind == "v":
        yield here[0], part[0] + y
    elif kind == "a":
        yield from _arc(here, (part[5] + x, part[6] + y), (part[0], part[1]), large=bool(part[3]), sweep=bool(part[4]))
    else:
        yield from ((part[at] + x, part[at + 1] + y) for at in range(0, len(part), 2))


def _arc(start: Point, end: Point, radii: Point, *, large: bool, sweep: bool) -> Iterator[Point]:
    """An elliptical arc without rotation as cubic curves of at most a quarter each (SVG 1.1, appendix F.6.5)."""
    half = np.array([(start[0] - end[0]) / 2 / radii[0], (start[1] - end[1]) / 2 / radii[1]])
    far = math.sqrt(max(0.0, 1 / float(half @ half) - 1)) * (1 if large == sweep else -1)
    turned = np.array([-half[1], half[0]]) * far  # from the middle of the chord to the centre, on the unit circle
    first, last = half - turned, -half - turned
    a, b = math.atan2(first[1], first[0]), math.atan2(last[1], last[0])
    turn = (b - a) % math.tau if sweep else -((a - b) % math.tau)
    middle = np.array([(start[0] + end[0]) / 2, (start[1] + end[1]) / 2]) + turned * radii
    steps = max(1, math.ceil(abs(turn) / (math.pi / 2) - 1e-9))
    reach = 4 / 3 * math.tan(turn / steps / 4)
    for step in range(steps):
        one, two = a + turn * step / steps, a + turn * (step + 1) / steps
        (c1, s1), (c2, s2) = (math.cos(one), math.sin(one)), (math.cos(two), math.sin(two))
        for x, y in ((c1 - reach * s1, s1 + reach * c1), (c2 + reach * s2, s2 - reach * c2), (c2, s2)):
            yield float(middle[0] + radii[0] * x), float(middle[1] + radii[1] * y)
