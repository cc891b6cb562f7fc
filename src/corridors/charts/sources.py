"""The line that names the sources of a chart."""

from collections.abc import Iterable

from corridors.charts.board import Board
from corridors.data.facts import Facts
from corridors.figures.citing import producer_line


def source_line(board: Board, facts: Facts, ids: Iterable[str]) -> str:
    """The producers of sources, each once with its year of publication, the most often used first.

    Parameters
    ----------
    board
        The chart.
    facts
        The facts with the table of sources.
    ids
        Ids of that table, each as often as it is used.
    """
    used = list(ids)
    board.sources |= set(used)
    line = producer_line(used, facts.by_id("sources"), board.sheet.lang)
    return board.t("chart.sources", line) if line else ""
