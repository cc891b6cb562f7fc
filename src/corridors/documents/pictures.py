"""The pictures of a document: figures of the atlas, numbered as they come, and images of a user's own."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corridors.data.findings import printable
from corridors.errors import InputError, UsageError, not_among
from corridors.locales import message
from corridors.paper.chart import draw_chart
from corridors.paper.figure import comparison_figure, map_figure, route_figure, scenario_figure
from corridors.paper.print_run import chart_names
from corridors.paper.sheet import Drawing, Sheet, drawing_bytes
from corridors.paper.template import Markdown, markdown_text
from corridors.paper.writer import Writer

if TYPE_CHECKING:
    from corridors.data.maps import MapEntry

MOST = 60
"""Pictures of one document."""

LARGEST_BYTES = 5_000_000
SIGNATURES: Mapping[str, bytes] = {".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
TEXT_WIDTH_MM = 170
WIDTHS = (20, 100)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a document.

    Attributes
    ----------
    name
        The stem of its file.
    alt
        What it shows, for those who cannot see it.
    width
        Percent of the text's width.
    made
        Makes its bytes in a format (svg or png), and says which format that became.
    page
        The map that an HTML document shows alive in its place, or None.
    """

    name: str
    alt: str
    width: int
    made: Callable[[str], tuple[str, bytes]]
    page: "MapEntry | None" = None


@dataclass(slots=True)
class Pictures:
    """Draws the pictures that a template asks for."""

    writer: Writer
    folder: Path | None = None
    known: dict[str, Picture] = field(default_factory=dict)

    def figure(
        self, name: str, *of: str, caption: str = "", width: int = 100, alive: bool = False, modes: str = "rail,sea"
    ) -> Markdown:
        """A figure with its caption.

        Parameters
        ----------
        name
            A map, a chart, ``comparison``, ``scenario`` with the name of one, or ``route`` with its two ends.
        caption
            What stands beneath; the figure's own title where none is given.
        width
            Percent of the text's width.
        alive
            Whether an HTML document shows the map itself, to be moved and asked, in the place of its picture.

        Raises
        ------
        UsageError
            Where there is no such figure, or too many are asked for.
        """
        return self._add(name, lambda sheet: self._draw(name, of, sheet, modes), caption, width, alive=alive)

    def chart(self, name: str, *, caption: str = "", width: int = 100) -> Markdown:
        """A chart with its caption, also where a map has the same name."""
        return self._add(name, lambda sheet: draw_chart(name, self.writer.press, sheet), caption, width)

    def _add(
        self, name: str, draw: Callable[[Sheet], Drawing], caption: str, width: int, *, alive: bool = False
    ) -> Markdown:
        """Draw one more picture, and give its place in the text."""
        if not WIDTHS[0] <= width <= WIDTHS[1]:
            raise UsageError(message("error.report.figure.width", str(width), *WIDTHS))
        if len(self.known) == MOST:
            raise UsageError(message("error.report.figures", MOST))
        sheet = Sheet(width_mm=max(60, TEXT_WIDTH_MM * width / 100), lang=self.writer.lang)
        drawing = draw(sheet)
        key = f"picture-{len(self.known) + 1}"
        entry = self.writer.press.maps.get(name) if alive else None
        self.known[key] = Picture(f"{len(self.known) + 1:02}-{name}", drawing.alt, width, _maker(drawing), entry)
        told = self.writer.text("report.figure", str(len(self.known)), caption or drawing.title)
        return Markdown(f"\n![{markdown_text(told)}]({key})\n")

    def _draw(self, name: str, of: tuple[str, ...], sheet: Sheet, modes: str) -> Drawing:
        """Draw a figure by its name."""
        press = self.writer.press
        charts = chart_names(press)
        wanted = {"scenario": 1, "route": 2}.get(name, 0)
        if len(of) != wanted:
            raise UsageError(message("error.report.figure.words", repr(name), wanted, len(of)))
        if name in press.maps:
            return map_figure(press.maps[name], press, sheet)
        if name in charts:
            return draw_chart(charts[name], press, sheet)
        if name == "comparison":
            return comparison_figure(press.comparison, press, sheet)
        if name == "scenario":
            return scenario_figure(self.writer.result(of[0]), press, sheet)
        if name == "route":
            request = self.writer.request(of[0], of[1], modes)
            return route_figure(self.writer.way(request), press, sheet, request=request)
        names = [*press.maps, *charts, "comparison", "scenario", "route"]
        raise UsageError(not_among("error.report.figure", name, names))

    def own(self, target: str, alt: str) -> Picture:
        """An image of the user's own, which lies beside the article or below.

        Raises
        ------
        InputError
            Where it is elsewhere, remote, too large, or no PNG or JPEG.
        """
        shown = repr(printable(target))
        if self.folder is None or ":" in target or target.startswith(("/", "\\", "#", "?")):
            raise InputError(message("error.report.image.far", shown))
        path = (self.folder / target).resolve()
        kind = path.suffix.lower()
        if not path.is_relative_to(self.folder.resolve()):
            raise InputError(message("error.report.image.outside", shown))
        if kind not in SIGNATURES:
            raise InputError(message("error.report.image.suffix", shown))
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(message("error.report.image.absent", shown, error.strerror)) from error
        if len(data) > LARGEST_BYTES or not data.startswith(SIGNATURES[kind]):
            raise InputError(message("error.report.image.kind", shown, LARGEST_BYTES))
        self.known[target] = Picture(f"own-{len(self.known) + 1:02}", alt, 100, lambda _: (kind[1:], data))
        return self.known[target]


def _maker(drawing: Drawing) -> Callable[[str], tuple[str, bytes]]:
    """What makes a drawing's bytes."""
    return lambda format: (format, drawing_bytes(drawing, format))  # noqa: A006 - the word of the sheet
