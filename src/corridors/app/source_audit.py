"""Facts to counts of what their sources lack, and the counts as notes.

| code | what it counts |
| --- | --- |
| A15 | sources in use without an address |
| A16 | sources in use whose address names a domain and no page |
| A17 | sources in use with an address, and without the day on which it was opened |
| A18 | rows that rest on general knowledge or an uncitable file alone |
| A19 | lines of which only the positions have a citable source |
"""

from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from corridors.data.facts import Facts
from corridors.data.findings import Finding
from corridors.data.tables import POSITIONAL, ROUTED, UNCITABLE
from corridors.locales import message

ABOUT = frozenset({"remarks", "unverified"})
"""Tables about rows of others, whose sources they repeat."""

LINES = ("rail_lines", *ROUTED)
CODES = {"address": "A15", "domain": "A16", "accessed": "A17", "alone": "A18", "lines": "A19"}


def count_sources(facts: Facts) -> Mapping[str, int]:
    """How often a source lacks something, by the kinds of ``CODES``."""
    rows = {table: rows for table, rows in facts.tables.items() if table != "sources"}
    named = {source for each in rows.values() for row in each for source in row["source"]} - UNCITABLE
    used = [row for row in facts.rows("sources") if row["id"] in named]
    with_address = [row for row in used if row["url"]]
    return {
        "address": len(used) - len(with_address),
        "domain": sum(_is_domain(row["url"]) for row in with_address),
        "accessed": sum(row["date_accessed"] is None for row in with_address),
        "alone": sum(UNCITABLE.issuperset(row["source"]) for table in rows.keys() - ABOUT for row in rows[table]),
        "lines": sum((UNCITABLE | POSITIONAL).issuperset(row["source"]) for table in LINES for row in rows[table]),
    }


def source_notes(facts: Facts) -> Iterator[Finding]:
    """The counts that are not zero, each as a note."""
    for kind, count in count_sources(facts).items():
        if count:
            what, remedy = message(f"finding.sources.{kind}", str(count)), message(f"remedy.sources.{kind}")
            yield Finding(CODES[kind], "sources.csv", "", None, what, remedy, level="note")


def _is_domain(url: str) -> bool:
    """Whether an address names a domain and no page of it."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query
