"""Figures of throughput to measures: traffic of a gateway or corridor in a period, each with the sources of its row."""

from collections.abc import Iterator

from corridors.data.facts import Facts
from corridors.measures.caveats import Caveats
from corridors.measures.measure import Measure
from corridors.measures.series import limits


def throughput_measures(facts: Facts, as_of: str) -> Iterator[Measure]:
    """Measures of throughput.csv. Methods say which figures are for a part of a year, or later than the atlas's date.

    Lower bounds are left out, because they are not values. If sources differ, the first row is the one to quote, and
    the others have the id of their row.
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
