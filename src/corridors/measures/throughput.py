"""Figures of throughput to measures: what passed a gateway or a corridor in a period, each with its row's sources."""

from collections.abc import Iterator

from corridors.data.facts import Facts
from corridors.measures.caveats import Caveats
from corridors.measures.measure import Measure
from corridors.measures.series import limits


def throughput_measures(facts: Facts, as_of: str) -> Iterator[Measure]:
    """Measures of throughput.csv, by subject and period; methods say what is of a part of a year, or later than a day.

    Lower bounds are no values to count with. Where sources differ, the row that stands first is the one to quote, and
    the others carry the id of their row.
    """
    said, seen = Caveats(facts), set()
    for row in facts.rows("throughput"):
        if row["value"] is None or row["bound"] == "more_than":
            continue
        of = {"subject": row["subject"], "period": row["period"]}
        name = f"throughput_{row['indicator']}"
        key = (name, row["subject"], row["period"])
        if key in seen:
            of |= {"row": row["id"]}
        seen.add(key)
        method = "As published" + limits(row["period"], as_of)
        yield Measure(name, row["value"], row["unit"], of, method, tuple(sorted(row["source"])), said.of(row))
