"""A sheet of paper: its size, language and theme, and a drawing on it as SVG, PDF or PNG.

The same drawing gives the same bytes, in every process and on every day: no dates, no random ids, only our own fonts.
It contains its title, and a text for people who cannot see it.
"""

import io
import re
import warnings
import zlib
from base64 import b64encode
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from corridors.content.palette import Theme, palette
from corridors.errors import InputError, UsageError
from corridors.figures.embedded_fonts import outlines_alone
from corridors.figures.fonts import families, register
from corridors.figures.slim_svg import slim
from corridors.figures.typesetting import MM_PER_INCH
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, message

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "FORMATS", "Drawing", "Sheet", "Theme", "drawing_bytes", "new_figure", "styled",
]  # fmt: skip

Buffer = TypeVar("Buffer", io.StringIO, io.BytesIO)
FORMATS = ("svg", "pdf", "png")
PNG_LEVEL = 6
"""Higher levels of compression take up to six times as long, and save less than a hundredth."""

WIDTHS_MM, HEIGHTS_MM, DPIS = (60, 1000), (20, 1400), (50, 1200)
SIGNATURE = "corridors"
"""The name of the maker in every drawing, by which our files are recognised."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet of a drawing: size, language and theme.

    Attributes
    ----------
    width_mm, height_mm
        Its size in millimetres. Without a height, the drawing gives the proportion.
    dpi
        Dots per inch of a PNG.
    lang
        Language of all words and numbers.
    theme
        Dark on light, or light on dark.
    titled
        Whether the title is in the drawing. If not, a caption beside it has the title.

    Raises
    ------
    UsageError
        If a value is out of bounds or unknown.
    """

    width_mm: float = 180
    height_mm: float | None = None
    dpi: int = 200
    lang: str = DEFAULT_LANGUAGE
    theme: Theme = "light"
    titled: bool = True

    def __post_init__(self) -> None:
        """Check each value."""
        _within("error.paper.width", self.width_mm, WIDTHS_MM)
        if self.height_mm is not None:
            _within("error.paper.height", self.height_mm, HEIGHTS_MM)
        _within("error.paper.resolution", self.dpi, DPIS)
        if self.lang not in LANGUAGES:
            raise UsageError(message("error.paper.language", repr(self.lang), LANGUAGES))
        if self.theme not in get_args(Theme):
            raise UsageError(message("error.paper.theme", repr(self.theme), get_args(Theme)))


def _within(key: str, value: float, bounds: tuple[int, int]) -> None:
    """Refuse a size that is out of bounds or not a number. ``key`` is that of the message."""
    if not bounds[0] <= value <= bounds[1]:
        raise UsageError(message(key, f"{value:g}", *map(str, bounds)))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A finished drawing.

    Attributes
    ----------
    figure
        The matplotlib figure.
    title
        Its title, in one sentence.
    alt
        A text with the main numbers, for people who cannot see it.
    sheet
        The sheet.
    name
        Its file name.
    sources
        Ids of its sources.
    """

    figure: "Figure"
    title: str
    alt: str
    sheet: Sheet
    name: str
    sources: Collection[str] = ()

    def _repr_mimebundle_(self, **kwargs: object) -> dict[str, str]:  # noqa: ARG002 - IPython's include and exclude
        """The drawing for notebooks, and its text for people who cannot see it."""
        svg = drawing_bytes(self, "svg")
        source = f"data:image/svg+xml;base64,{b64encode(svg).decode()}"
        return {
            "image/svg+xml": svg.decode(),
            "text/html": f'<img alt="{escape(self.alt)}" src="{source}" style="max-width:100%">',
            "text/plain": f"{self.title}\n{self.alt}",
        }


@contextmanager
def styled(sheet: Sheet) -> Iterator[None]:
    """Draw with the fonts and colours of a sheet. matplotlib's own settings are restored afterwards.

    Create all text and axes inside this block, since they take their settings when they are created.

    Raises
    ------
    UsageError
        If matplotlib is not installed.
    FileError
        If a font is missing.
    """
    try:
        import matplotlib as mpl  # noqa: PLC0415 - an extra, and slow to import
    except ModuleNotFoundError as error:
        raise UsageError(message("error.paper.matplotlib")) from error
    register()
    colors = palette(sheet.theme)
    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams.update(
            {
                "font.family": families(sheet.lang),
                "font.size": 8,
                "text.parse_math": False,
                "text.color": colors.ink,
                "text.hinting": "none",
                "axes.edgecolor": colors.quiet,
                "axes.facecolor": "none",
                "axes.labelcolor": colors.quiet,
                "axes.linewidth": 0.5,
                "axes.unicode_minus": True,
                "figure.facecolor": colors.paper,
                "figure.dpi": 72,
                "savefig.facecolor": "auto",
                "xtick.color": colors.quiet,
                "ytick.color": colors.quiet,
                "xtick.major.width": 0.5,
                "ytick.major.width": 0.5,
                "path.simplify": False,
                "svg.fonttype": "path",
                "svg.hashsalt": SIGNATURE,
                "svg.image_inline": True,
                "pdf.fonttype": 42,
                "pdf.compression": 9,
            },
        )
        yield


def new_figure(sheet: Sheet, aspect: float) -> "Figure":
    """An empty figure with the size and the ground of the sheet.

    Parameters
    ----------
    sheet
        What is drawn on.
    aspect
        Width divided by height, if the sheet has no height.
    """
    with styled(sheet):
        from matplotlib.figure import Figure  # noqa: PLC0415

        height = sheet.height_mm or sheet.width_mm / aspect
        return Figure(figsize=(sheet.width_mm / MM_PER_INCH, height / MM_PER_INCH))


def drawing_bytes(drawing: Drawing, format: str) -> bytes:  # noqa: A002 - the word of the command line
    """A drawing as a file in one of ``FORMATS``.

    Raises
    ------
    UsageError
        If the format is unknown.
    InputError
        If a text has a character that no font has.
    """
    if format not in FORMATS:
        raise UsageError(message("error.paper.format", repr(format), FORMATS))
    with styled(drawing.sheet):
        from matplotlib.text import Text  # noqa: PLC0415

        for text in drawing.figure.findobj(Text):
            text.set_fontfamily(families(drawing.sheet.lang))
            text.set_parse_math(False)
        return {"svg": _svg, "pdf": _pdf, "png": _png}[format](drawing)


def _save(drawing: Drawing, buffer: Buffer, format: str, **options: Any) -> Buffer:  # noqa: A002, ANN401 - for matplotlib
    """Let matplotlib write a drawing. A character that would become a box is an error."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="Glyph ")
        try:
            drawing.figure.savefig(buffer, format=format, **options)
        except UserWarning as warning:
            point = int(re.search(r"\d+", str(warning))[0])  # type: ignore[index]
            said = message("error.paper.character", drawing.name, repr(chr(point)), f"U+{point:04X}")
            raise InputError(said) from warning
    return buffer


def _svg(drawing: Drawing) -> bytes:
    """SVG that is complete, also beside others in one page: text as outlines, its own ids, title and description."""
    silent = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    text = _save(drawing, io.StringIO(), "svg", metadata=silent).getvalue()
    size = re.search(r'width="[^"]*" height="[^"]*" viewBox="[^"]*"', text)[0]  # type: ignore[index]
    body = text[text.index(">", text.index("<svg")) + 1 :]
    name = re.sub(r"[^a-z0-9]+", "-", drawing.name.lower())
    body = slim(body, name)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" {size} version="1.1" '
        f'stroke-linejoin="round" stroke-linecap="butt" data-generator="{SIGNATURE}" '
        f'role="img" aria-labelledby="{name}-title {name}-desc" '
        f'lang="{drawing.sheet.lang}" xml:lang="{drawing.sheet.lang}">\n'
        f'<title id="{name}-title">{escape(drawing.title)}</title>\n<desc id="{name}-desc">{escape(drawing.alt)}</desc>'
        f"{body}"
    ).encode()


def _pdf(drawing: Drawing) -> bytes:
    """PDF with its fonts inside."""
    about = {"Title": drawing.title, "Subject": drawing.alt, "Keywords": drawing.name, "Creator": SIGNATURE}
    silent = dict.fromkeys(("CreationDate", "Producer"))
    with outlines_alone():
        return _save(drawing, io.BytesIO(), "pdf", metadata=about | silent).getvalue()


def _png(drawing: Drawing) -> bytes:
    """PNG with its text chunks."""
    from PIL.PngImagePlugin import PngInfo  # noqa: PLC0415

    lang = drawing.sheet.lang
    info = PngInfo()
    for key, value in (("Title", drawing.title), ("Description", drawing.alt), ("Language", lang)):
        info.add_itxt(key, value, lang)
    info.add_text("Software", SIGNATURE)
    packed = {"pnginfo": info, "compress_level": PNG_LEVEL, "compress_type": zlib.Z_DEFAULT_STRATEGY}
    return _save(drawing, io.BytesIO(), "png", dpi=drawing.sheet.dpi, pil_kwargs=packed).getvalue()
