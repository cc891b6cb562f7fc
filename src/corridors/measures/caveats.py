"""Caveats of figures: the texts of caveats.csv by the row that they are about."""

from collections.abc import Mapping

from corridors.data.facts import Facts
from corridors.data.tables import NAMED, Row


class Caveats:
    """The caveats of the facts. Everything made from a figure repeats its caveats."""

    def __init__(self, facts: Facts) -> None:
        self._by_figure: dict[str, list[Mapping[str, str]]] = {}
        for row in facts.rows("caveats"):
            said = {language: row[f"name_{language}"] for language in NAMED if row.get(f"name_{language}")}
            self._by_figure.setdefault(row["figure"], []).append(said)

    def of(self, *figures: Row) -> tuple[Mapping[str, str], ...]:
        """The caveats of some rows of trade.csv or throughput.csv, by language, each once."""
        found = [caveat for row in figures for caveat in self._by_figure.get(row["id"], ())]
        return tuple(caveat for nth, caveat in enumerate(found) if caveat not in found[:nth])
