"""The line that names where the figures of a chart come from."""

from collections.abc import Iterable

from corridors.charts.board import Board
from corridors.data.facts import Facts
from corridors.figures.citing import named, producers


def source_line(board: Board, facts: Facts, ids: Iterable[str]) -> str:
    """The producers of sources, each once with its year of publication, the most often used first.

    Parameters
    ----------
    board
        The chart that it stands under.
    facts
        Has the table of sources.
    ids
        Ids of that table, as often as they are used.
    """
    used = list(ids)
    board.sources |= set(used)
    told = producers(used, facts.by_id("sources"), board.sheet.lang)
    return board.t("chart.sources", named(told, board.sheet.lang)) if told else ""
