"""A map's story to Markdown for documents: each step with its text, sources, claims, numbers and figures."""

from collections.abc import Callable, Sequence

from corridors.content.story import story_texts
from corridors.content.story_types import StoryChart
from corridors.documents.pictures import Pictures
from corridors.documents.placeholders import Writer
from corridors.documents.tables import Column, Table
from corridors.documents.template import Markdown, markdown_text
from corridors.errors import UsageError, not_among
from corridors.locales.wording import listed, say


def story_markdown(writer: Writer, pictures: Pictures, name: str, numbered: Callable[[Table], Markdown]) -> Markdown:
    """The story of a map. Each sentence names its sources by numbers.

    Parameters
    ----------
    writer, pictures
        The words and the figures of the document.
    name
        The map.
    numbered
        The function that writes a table with its number in the document.

    Raises
    ------
    UsageError
        If there is no such map, or it has no story.
    """
    entry = writer.map(name)
    if not entry.steps:
        told = [one.name for one in writer.context.maps.values() if one.steps]
        raise UsageError(not_among("error.report.story", name, told))
    pieces = []
    for nth, text in story_texts(entry, writer.context).items():
        said = [writer.sourced(one["words"][writer.lang], one["sources"], cite=True) for one in text["sentences"]]
        verdicts = {claim: verdict for one in text["sentences"] for claim, verdict in one["claims"].items()}
        checked = [f"{claim} ({writer.text(f'verdict.{verdict}')})" for claim, verdict in verdicts.items()]
        told = [
            " ".join(map(markdown_text, said)),
            markdown_text(say(writer.lang, "report.story.claims", listed(checked, writer.lang))) if checked else "",
            numbered(_bars(writer, text["chart"])) if text["chart"] else "",
        ]
        parts = [_division("told", told), *(_division("shown", [figure]) for figure in pictures.step(entry, nth))]
        pieces += [f"# {markdown_text(text['title'][writer.lang])}", _division("step", parts)]
    return Markdown("\n\n".join(pieces))


def _division(name: str, pieces: Sequence[str]) -> str:
    """Pieces of Markdown as a division with a class."""
    return "\n\n".join([f"::: {name}", *filter(None, pieces), ":::"])


def _bars(writer: Writer, chart: StoryChart) -> Table:
    """The numbers of a chart as a table."""
    lang = writer.lang
    columns = [Column(writer.text("report.story.of"), 50), Column(writer.text("report.story.number"), 50, right=True)]
    caption = writer.sourced(chart["title"][lang], chart["sources"], cite=True)
    return Table(caption, columns, [[bar["label"][lang], bar["words"][lang]] for bar in chart["bars"]])
