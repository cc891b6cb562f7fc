"""The line that names where the figures of a chart come from."""

import re
from collections.abc import Iterable

from corridors.data.facts import Facts
from corridors.paper.chart_board import Board

MOST = 6
"""So many producers are named; of the others the number is told."""

UNSOURCED = "general-knowledge"


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
    rows = facts.by_id("sources")
    used: dict[str, int] = {}
    for name in ids:
        row = rows[name]
        # Where a copy was read is of interest in the list of sources, not in a line under a chart.
        producer = re.sub(r" \(mirror.*\)$", "", row["producer"])
        words = f"{producer} {row['date_published'][:4]}" if row["date_published"] else producer
        used.setdefault(board.t("chart.source.memory") if name == UNSOURCED else words, 0)
        used[board.t("chart.source.memory") if name == UNSOURCED else words] += 1
    told = sorted(used, key=lambda words: (words == board.t("chart.source.memory"), -used[words], words))
    if not told:
        return ""
    if len(told) > MOST:
        return board.t("chart.sources.more", "; ".join(told[:MOST]), board.number(len(told) - MOST))
    return board.t("chart.sources", "; ".join(told))
