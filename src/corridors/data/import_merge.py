"""The rows of an atlas and imported rows to the changes that an import makes, and its faults."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from corridors.data.findings import Finding, quoted
from corridors.data.import_rows import Mapped
from corridors.data.import_targets import Target
from corridors.locales import Message, message


@dataclass(frozen=True, slots=True)
class Change:
    """One change of an atlas: a new feature, or another value of a column."""

    id: str
    change: Literal["added", "changed"]
    column: str | None = None
    before: str | None = None
    after: str | None = None


class Merge:
    """The rows of an atlas with imported rows: those of an id that is there already are compared with it."""

    def __init__(self, target: Target, source: str) -> None:
        self._target = target
        self._source = source
        self.rows = dict(target.rows)
        self.changes: list[Change] = []
        self.findings: list[Finding] = []
        self.counts: Counter[str] = Counter(dict.fromkeys(("added", "changed", "unchanged", "repeated", "left_out"), 0))
        self._seen: dict[str, Mapped] = {}

    def add(self, given: Mapped, usual: Mapping[str, str]) -> None:
        """Add a row. Its empty cells get what is there already, or for a new row what is usual."""
        name = given.cells["id"]
        known = self._target.rows.get(name)
        base = known.cells if known else usual
        row = Mapped({key: cell or base.get(key, "") for key, cell in given.cells.items()}, given.geometry)
        if name in self._seen and self._seen[name] == row:
            self.counts["repeated"] += 1
            return
        where = message("finding.feature", quoted(name), "")
        faults = list(self._target.faults(row, where))
        if name in self._seen:
            faults.append(self._fault(where, message("finding.import.twice"), message("remedy.import.id")))
        if known is not None and self._source not in known.cells["source"].split(";"):
            what = message("finding.import.other", known.cells["source"])
            faults.append(self._fault(where, what, message("remedy.import.id")))
        if faults:
            self.findings += faults
            self.counts["left_out"] += 1
            return
        self._seen[name] = row
        self._compare(name, known, row)

    def _compare(self, name: str, known: Mapped | None, row: Mapped) -> None:
        """Note what a row changes, and take it."""
        if known is None:
            self.changes.append(Change(name, "added", None, None, row.cells.get("name_en") or None))
            self.counts["added"] += 1
        else:
            old, new = known.cells, row.cells
            differing = [key for key in new if new[key] != old[key]]
            moved = known.geometry is not None and row.geometry != known.geometry
            self.changes += [Change(name, "changed", key, old[key] or None, new[key]) for key in differing]
            self.changes += [Change(name, "changed", "geometry")] if moved else []
            self.counts["changed" if differing or moved else "unchanged"] += 1
        self.rows[name] = row

    def _fault(self, where: Message, what: Message, remedy: Message) -> Finding:
        """A fault of an id."""
        return Finding("F04", self._target.file, where, "id", what, remedy)
