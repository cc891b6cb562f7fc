"""A sheet to draw on in millimetres: fills, strokes, stamps and words, each above those drawn before.

Maps and charts are drawn with it. Widths and sizes are in a unit that grows with the sheet. For maps it is the pixel of
the pages, so that one table of styles is used for both. For charts it is the point of a full sheet.
"""

import itertools
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial
from typing import Literal

import numpy as np
import shapely
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D, Bbox, Transform, TransformedBbox

from corridors.content.palette import palette
from corridors.figures import typesetting
from corridors.figures.projection import Array
from corridors.figures.sheet import Sheet, new_figure
from corridors.figures.stamps import Stamps
from corridors.figures.typesetting import MM_PER_INCH, MM_PER_POINT, NARROWEST, UNBROKEN, font, width_mm

Shapes = shapely.Geometry | Array
Align = Literal["left", "center", "right"]
Box = tuple[float, float, float, float]
"""Left, lower, right, upper edge in millimetres."""

PIXEL_POINTS = 0.54
"""Points per pixel of the pages on a sheet of 180 mm: a name of 11.5 px has a size of 6.2 points."""

GROUND_PAD = 0.3
"""How far the ground of a text reaches beyond it."""

USUAL_WIDTH_MM = 180
LEAST_SCALE = 0.87
"""The least size of pixels on narrow sheets."""

LEAST_POINTS = 5.5
"""The least size of words, whatever their size in pixels."""

MOST_OF_A_LEVEL = 1_000_000
"""No level has more drawings."""

ASCENT, DESCENT = 0.76, 0.24
"""The height of letters above and below their baseline, in sizes of the font."""


def pixel_points(sheet: Sheet) -> float:
    """Points per pixel of the pages. It grows with the square root of a sheet's width."""
    return float(PIXEL_POINTS * max(LEAST_SCALE, (sheet.width_mm / USUAL_WIDTH_MM) ** 0.5))


def outline(shapes: Shapes) -> Path:
    """Lines or polygons as one path, so that overlapping parts are drawn only once."""
    parts = shapely.get_parts(shapely.get_parts(shapes))
    if not len(parts):
        return Path(np.empty((0, 2)))
    closed = parts[0].geom_type == "Polygon"
    rings = shapely.get_rings(parts) if closed else parts
    coordinates, owner = shapely.get_coordinates(rings, return_index=True)
    codes = np.full(len(coordinates), Path.LINETO, dtype=Path.code_type)
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    codes[starts] = Path.MOVETO
    if closed:
        codes[np.r_[starts[1:], len(codes)] - 1] = Path.CLOSEPOLY
    return Path(coordinates, codes)


class Canvas:
    """A sheet that is being drawn on.

    Parameters
    ----------
    sheet
        Its size, language and theme.
    height_mm
        Its height. Positions are millimetres from the lower left corner. Without a height, they are millimetres from
        the upper left corner, downward, and ``cut`` gives the height at the end.
    points
        Points per unit of widths and sizes; those of a pixel of the pages, if not given.

    Attributes
    ----------
    colors
        The colours of the theme.
    pixel
        Millimetres per unit of widths and sizes.
    level
        Drawings of a higher level are above those of a lower one, whatever their order.
    """

    def __init__(self, sheet: Sheet, height_mm: float | None, *, points: float | None = None) -> None:
        self.sheet = sheet
        self.colors = palette(sheet.theme)
        self.height_mm = height_mm or sheet.width_mm
        self.points = points or pixel_points(sheet)
        self.pixel = self.points * MM_PER_POINT
        self.level = 0
        self._corner = Affine2D() if height_mm else Affine2D().scale(1, -1)
        self._order = itertools.count(1)
        self._window: TransformedBbox | None = None

    @cached_property
    def figure(self) -> Figure:
        """The matplotlib figure. It is made when something is drawn, since some sheets are only measured."""
        return new_figure(self.sheet, self.sheet.width_mm / self.height_mm)

    @cached_property
    def _millimetres(self) -> Transform:
        """From millimetres to the units of the figure."""
        return self._corner + Affine2D().scale(1 / MM_PER_INCH) + self.figure.dpi_scale_trans

    def cut(self, height_mm: float) -> None:
        """Give a sheet that was drawn from its top its height."""
        self.height_mm = height_mm
        self._corner.translate(0, height_mm)
        self.figure.set_size_inches(self.sheet.width_mm / MM_PER_INCH, height_mm / MM_PER_INCH)

    def within(self, box: Box | None) -> None:
        """Cut all further drawing at a box, or stop doing so."""
        left, lower, right, upper = box or (0, 0, 0, 0)
        bounds = Bbox([[left, lower], [right, upper]])
        self._window = TransformedBbox(bounds, self._millimetres) if box else None

    def _lay(self, artist: Artist) -> None:
        """Put an artist above all others of its level."""
        artist.set_zorder(self.level * MOST_OF_A_LEVEL + next(self._order))
        self.figure.add_artist(artist)
        if self._window is not None:
            artist.set_clip_box(self._window)

    def fill(self, shapes: Shapes, color: str, *, alpha: float = 1.0) -> None:
        """Fill polygons."""
        self.path(outline(shapes), face=color, alpha=alpha)

    def stroke(
        self, shapes: Shapes, color: str, width: float, *, dash: str | None = None, alpha: float = 1.0
    ) -> None:  # fmt: skip
        """Draw lines or edges; widths and dashes (``on off``) in pixels."""
        self.path(outline(shapes), edge=color, width=width, dash=dash, alpha=alpha)

    def path(
        self, path: Path, *, face: str = "none", edge: str = "none", width: float = 0.0, dash: str | None = None,
        alpha: float = 1.0, hatch: str | None = None,
    ) -> None:  # fmt: skip
        """Draw a path in millimetres. A hatch has the colour of the edge."""
        if not np.size(path.vertices):
            return
        # Matplotlib counts dashes in line widths.
        pattern = (0, [float(part) / width for part in dash.split()]) if dash and width else "solid"
        self._lay(
            PathPatch(
                path, facecolor=face, edgecolor=edge, linewidth=width * self.points, linestyle=pattern, alpha=alpha,
                capstyle="butt", joinstyle="round", hatch=hatch, transform=self._millimetres,
            ),
        )  # fmt: skip

    def stamp(
        self, path: Path, places: Array, *, face: str = "none", edge: str = "none", width: float = 0.0,
        alpha: float = 1.0,
    ) -> None:  # fmt: skip
        """Draw a path, in pixels around 0,0, at each place, in millimetres."""
        self._lay(
            Stamps(
                path, places, position=self._millimetres, face=face, edge=edge, width=width * self.points, alpha=alpha,
                size=Affine2D().scale(self.pixel / MM_PER_INCH) + self.figure.dpi_scale_trans,
            ),
        )  # fmt: skip

    def type_size(self, size: float) -> float:
        """The size at which words are drawn, in pixels: at least one that can be read."""
        return max(size, LEAST_POINTS / self.points)

    def measure(self, text: str, size: float, *, bold: bool = False, italic: bool = False) -> float:
        """The width of a text, in millimetres; ``size`` in pixels."""
        return width_mm(text, self.sheet.lang, self.type_size(size) * self.points, bold=bold, italic=italic)

    def write(
        self, text: str, x: float, y: float, size: float, *, color: str | None = None, bold: bool = False,
        italic: bool = False, align: Align = "left", rotation: float = 0.0, ground: str | None = None,
    ) -> None:  # fmt: skip
        """Write a text on a baseline, on a ground of a colour if one is given. ``size`` is in pixels."""
        below = {"facecolor": ground, "edgecolor": "none", "pad": GROUND_PAD * self.points} if ground else None
        self._lay(
            Text(
                x, y, text, color=color or self.colors.ink, ha=align, va="baseline", rotation=rotation,
                rotation_mode="anchor", transform=self._millimetres, parse_math=False, bbox=below,
                fontproperties=font(self.sheet.lang, self.type_size(size) * self.points, bold=bold, italic=italic),
            ),
        )  # fmt: skip

    def halo(self, words: Sequence[tuple[str, float, float, float, bool, bool]], color: str, width: float) -> None:
        """Draw a rim around words: text, x, y, size in pixels, bold, italic of each. A letter has one outline."""
        letters: dict[tuple[str, float, bool, bool], list[tuple[float, float]]] = {}
        for text, x, y, size, bold, italic in words:
            for at, letter in enumerate(text):
                if not letter.isspace():
                    ahead = self.measure(text[:at], size, bold=bold, italic=italic) if at else 0.0
                    letters.setdefault((letter, size, bold, italic), []).append((x + ahead, y))
        for (letter, size, bold, italic), places in letters.items():
            pixels = self.type_size(size)
            vertices, codes = _letter(letter, self.sheet.lang, bold=bold, italic=italic)
            glyph = Path(vertices * (pixels / text_to_path.FONT_SCALE), codes)
            self.stamp(glyph, np.array(places), face=color, edge=color, width=width)


@lru_cache(maxsize=5_000)
def _letter(letter: str, language: str, *, bold: bool, italic: bool) -> tuple[Array, Array]:
    """The outline of a letter as points and codes, in the one size in which matplotlib makes all outlines."""
    face = font(language, text_to_path.FONT_SCALE, bold=bold, italic=italic)
    vertices, codes = text_to_path.get_text_path(face, letter)
    return np.asarray(vertices), np.asarray(codes)


def wrap(canvas: Canvas, text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """A text as lines no wider than so many millimetres. No line breaks before a unit. ``size`` in pixels."""
    return typesetting.wrap(UNBROKEN.sub("\u00a0", text), width, partial(canvas.measure, size=size, bold=bold))


def balanced(
    canvas: Canvas, text: str, width: float, size: float, *, bold: bool = False, least: float = NARROWEST
) -> list[str]:
    """The same with even lines: as few lines as possible, each with at least a share ``least`` of the width."""
    unbroken = UNBROKEN.sub("\u00a0", text)
    return typesetting.even(unbroken, width, partial(canvas.measure, size=size, bold=bold), least=least)
