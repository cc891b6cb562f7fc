"""Capacities of ports and lines (rows of throughput.csv) to the text of a layer's column.

A capacity is a value with its unit, its period and its sources. Its indicator begins with ``capacity``: what it counts,
and whether it is planned or designed, follow (``capacity_tonnes_planned``).
"""

from collections.abc import Sequence

from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.locales import DEFAULT_LANGUAGE, messages
from corridors.locales.wording import amount, day

PREFIX = "capacity"


def capacities(facts: Facts, subject: str) -> Sequence[Row]:
    """The capacities of a port or line, in the order of the table."""
    rows = facts.rows("throughput")
    return [row for row in rows if row["subject"] == subject and row["indicator"].startswith(PREFIX) and row["value"]]


def capacity_text(facts: Facts, subject: str) -> str | None:
    """The capacities of a port or line in English, separated by ``;``. None if there are none."""
    words = messages(DEFAULT_LANGUAGE)
    said = [
        f"{words['series.' + row['indicator']]}: {amount(row['value'], row['unit'], DEFAULT_LANGUAGE)}"
        f" ({day(row['period'], DEFAULT_LANGUAGE)})"
        for row in capacities(facts, subject)
    ]
    return "; ".join(said) or None
