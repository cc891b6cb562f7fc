"""The pictures of a document: figures of the atlas, numbered in order, and images of the user."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image

from corridors.charts.build import draw_chart
from corridors.content.story import moment_words, moments
from corridors.data.findings import printable
from corridors.documents.article_files import read_article_file
from corridors.documents.figure_files import chart_names, numbers, with_corridors
from corridors.documents.placeholders import Writer
from corridors.documents.template import Markdown, PartError, markdown_text
from corridors.errors import UsageError, not_among
from corridors.figures.figure import comparison_figure, map_figure, route_figure, scenario_figure, step_figure
from corridors.figures.sheet import Drawing, Sheet, drawing_bytes
from corridors.figures.typesetting import MM_PER_INCH
from corridors.locales import message

if TYPE_CHECKING:
    from corridors.data.maps import MapEntry

MOST = 60
"""The greatest number of pictures in a document."""

LARGEST_BYTES = 5_000_000
SIGNATURES: Mapping[str, bytes] = {".png": b"\x89PNG\r\n", ".jpg": b"\xff\xd8\xff", ".jpeg": b"\xff\xd8\xff"}
TEXT_WIDTH_MM, LEAST_WIDTH_MM = 170, 60
STEP_MM, DATE_MM = 95, 81
"""Widths of the figure of a step, and of each of its two dates. The frame of PDFs has the same values."""

DOTS_PER_MM, TALLEST_MM = 96 / MM_PER_INCH, 200
"""Pandoc's size for a user's own image, and its greatest height."""

PERCENT = (36, 100)
"""Widths of a figure in percent of the text. Words keep their size, so there is a least width."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a document.

    Attributes
    ----------
    name
        The stem of its file.
    alt
        The text for people who cannot see it.
    width
        Percent of the text's width.
    made
        A function that returns its bytes in a format (svg or png), and the format that it really has.
    page
        The interactive map that replaces it in an HTML document, or None.
    """

    name: str
    alt: str
    width: float
    made: Callable[[str], tuple[str, bytes]]
    page: "MapEntry | None" = None


@dataclass(slots=True)
class Pictures:
    """Draws the pictures that a template requests."""

    writer: Writer
    folder: Path | None = None
    known: dict[str, Picture] = field(default_factory=dict)

    def figure(
        self, name: str, *of: str, caption: str = "", width: int | None = None, width_mm: float | None = None,
        extent: Sequence[float] | str | None = None, year: int | None = None, title: bool = True,
        alive: bool = False, modes: str = "rail,sea", cite: bool = False,
    ) -> Markdown:  # fmt: skip
        """A figure with its caption.

        Parameters
        ----------
        name
            A map, a chart, ``comparison``, ``scenario`` with its name, or ``route`` with its two ends.
        caption
            The caption below; by default the figure's own title.
        width, width_mm
            Percent of the text's width, or millimetres; by default the whole width.
        extent, year
            For a map: west, south, east and north edge in degrees (EPSG:4326), and the year.
        title
            Whether the title is in the figure.
        alive
            Whether an HTML document shows the interactive map instead of its picture.
        cite
            Whether the caption names the numbers of the sources.

        Raises
        ------
        UsageError
            If there is no such figure, or too many are requested.
        """
        edges = numbers(extent) if isinstance(extent, str) else extent
        given = {"extent": edges, "year": year}
        maps = self.writer.context.maps
        if name not in maps and (odd := next((key for key in given if given[key] is not None), None)):
            raise UsageError(message("error.report.figure.map", odd, repr(name), list(maps)))
        sheet = self._sheet(width, width_mm, titled=title)
        drawing = self._draw(name, of, sheet, modes, edges, year)
        return self._add(name, drawing, caption, cite=cite, alive=alive)

    def step(self, entry: "MapEntry", nth: int) -> list[Markdown]:
        """The figure of a step of a map's story, or one for each of its two dates. The caption is the step's title.

        The figure says whose data it shows. The sources of each of its features would be many more than those that the
        story refers to, and are not listed.
        """
        lang, context = self.writer.lang, self.writer.context
        dates, made = moments(entry.steps[nth].year, entry.steps[nth].against), []
        for moment in dates:
            sheet = self._sheet(None, DATE_MM if dates[1:] else STEP_MM, titled=False)
            drawing = step_figure(entry, nth, context, sheet, moment)
            dated = f"{drawing.title} · {moment_words(moment, context.as_of)[lang]}" if dates[1:] else ""
            made.append(self._add(f"{entry.name}-{nth + 1}", drawing, dated, cite=False, listed=False))
        return made

    def chart(
        self, name: str, *, caption: str = "", width: int | None = None, width_mm: float | None = None,
        title: bool = True, cite: bool = False, corridor: str = "",
    ) -> Markdown:  # fmt: skip
        """A chart with its caption, also if a map has the same name; a chart of corridors also of one of them."""
        sheet = self._sheet(width, width_mm, titled=title)
        context = with_corridors(self.writer.context, name, [corridor] if corridor else ())
        return self._add(name, draw_chart(name, context, sheet), caption, cite=cite)

    def _sheet(self, percent: int | None, width_mm: float | None, *, titled: bool) -> Sheet:
        """The sheet of a figure. It is as wide as the figure in the text, so that its words keep their size."""
        if len(self.known) == MOST:
            raise UsageError(message("error.report.figures", MOST))
        if percent is not None and width_mm is not None:
            raise UsageError(message("error.report.figure.twice"))
        if percent is not None and not PERCENT[0] <= percent <= PERCENT[1]:
            raise UsageError(message("error.report.figure.width", str(percent), *PERCENT))
        if width_mm is not None and not LEAST_WIDTH_MM <= width_mm <= TEXT_WIDTH_MM:
            raise UsageError(message("error.paper.width", f"{width_mm:g}", *map(str, (LEAST_WIDTH_MM, TEXT_WIDTH_MM))))
        wide = TEXT_WIDTH_MM * (100 if percent is None else percent) / 100
        return Sheet(width_mm=wide if width_mm is None else width_mm, lang=self.writer.lang, titled=titled)

    def _add(
        self, name: str, drawing: Drawing, caption: str, *, cite: bool, alive: bool = False, listed: bool = True
    ) -> Markdown:
        """One more picture, and its place in the text; its sources are listed if requested."""
        key = f"picture-{len(self.known) + 1}"
        entry = self.writer.context.maps.get(name) if alive else None
        width, stem = _percent(drawing.sheet.width_mm), f"{len(self.known) + 1:02}-{name}"
        self.known[key] = Picture(stem, drawing.alt, width, _maker(drawing), entry)
        said = self.writer.sourced(caption or drawing.title, drawing.sources if listed else (), cite=cite)
        heading = self.writer.text("report.figure", str(len(self.known)), said)
        return Markdown(f"\n![{markdown_text(heading)}]({key})\n")

    def _draw(
        self, name: str, of: tuple[str, ...], sheet: Sheet, modes: str, extent: Sequence[float] | None, year: int | None
    ) -> Drawing:
        """Draw a figure by its name."""
        context = self.writer.context
        charts = chart_names(context)
        wanted = {"scenario": 1, "route": 2}.get(name, 0)
        if len(of) != wanted:
            raise UsageError(message("error.report.figure.words", repr(name), wanted, len(of)))
        if name in context.maps:
            return map_figure(context.maps[name], context, sheet, extent=extent, year=year)
        if name in charts:
            return draw_chart(charts[name], context, sheet)
        if name == "comparison":
            return comparison_figure(context.comparison, context, sheet)
        if name == "scenario":
            return scenario_figure(self.writer.result(of[0]), context, sheet)
        if name == "route":
            request = self.writer.request(of[0], of[1], modes)
            return route_figure(self.writer.way(request), context, sheet, request=request)
        names = [*context.maps, *charts, "comparison", "scenario", "route"]
        raise UsageError(not_among("error.report.figure", name, names))

    def own(self, target: str, alt: str) -> Picture:
        """An image of the user, which is in the article's folder or below.

        Raises
        ------
        PartError
            If it is elsewhere, remote, too large, or not PNG or JPEG.
        """
        kind = Path(target).suffix.lower()
        shown = repr(printable(target))
        data = read_article_file(self.folder, target, LARGEST_BYTES)
        if kind not in SIGNATURES or not data.startswith(SIGNATURES[kind]):
            raise PartError(message("error.report.image.kind", shown), target)
        try:
            with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as opened:
                wide, high = opened.size
        except (OSError, Image.DecompressionBombError) as error:
            raise PartError(message("error.report.image.kind", shown), target) from error
        width_mm = min(TEXT_WIDTH_MM, wide / DOTS_PER_MM, TALLEST_MM * wide / high)
        self.known[target] = Picture(
            f"own-{len(self.known) + 1:02}", alt, _percent(width_mm), lambda _: (kind[1:], data)
        )
        return self.known[target]


def _percent(width_mm: float) -> float:
    """A width in percent of the text's."""
    return round(100 * width_mm / TEXT_WIDTH_MM, 2)


def _maker(drawing: Drawing) -> Callable[[str], tuple[str, bytes]]:
    """The function that returns a drawing's bytes. The bytes of each format are made once."""
    return cache(lambda format: (format, drawing_bytes(drawing, format)))  # noqa: A006 - the word of the sheet
