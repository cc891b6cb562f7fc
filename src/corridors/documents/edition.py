"""The figures and the reports of a build: every map and chart, and the report in every language."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from corridors.data.maps import choose_maps
from corridors.documents.document import make_document, own_report
from corridors.documents.figure_files import Order, draw, orderable
from corridors.figures.press import Press
from corridors.figures.sheet import Sheet, drawing_bytes
from corridors.locales import LANGUAGES, Message, message

STEM = "report"
REPORTS = (".pdf", ".docx", ".html")
"""The forms that a build makes a report in."""


def edition_figures(
    folder: Path, press: Press, maps: Sequence[str], language: str, tell: Callable[[Message], None]
) -> Iterator[tuple[Path, bytes]]:
    """Every map and chart as SVG, or the maps named: ``<name>.svg``.

    Raises
    ------
    UsageError
        Where there is no map of a name, or a library is missing.
    """
    choose_maps(press.maps, maps)
    for name in maps or orderable(press):
        tell(message("cli.step.figure", name))
        drawing = draw(name, Order(names=(name,), target=folder), press, Sheet(lang=language))
        yield folder / f"{name}.svg", drawing_bytes(drawing, "svg")


def edition_reports(folder: Path, press: Press, tell: Callable[[Message], None]) -> Iterator[tuple[Path, bytes]]:
    """The report in every language and form: ``report.<language>.pdf`` and so on.

    Raises
    ------
    UsageError
        Where a library is missing.
    """
    for language in LANGUAGES:
        for suffix in REPORTS:
            path = folder / f"{STEM}.{language}{suffix}"
            tell(message("cli.step.report", path.name))
            yield from make_document(press, own_report(), path, lang=language).items()
