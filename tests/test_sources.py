"""What the sources of the facts lack: the counts, and the most that the committed facts may have."""

from corridors.app.source_audit import CODES, count_sources, source_notes
from corridors.data.facts import Facts

MOST = {"address": 0, "domain": 0, "accessed": 0, "alone": 0, "lines": 0}
"""The counts may fall, and are then lowered here. They may not grow."""


def with_rows(loaded, table, *rows):
    """The facts with these rows alone in a table, each as a change of its first one."""
    first = loaded.facts.rows(table)[0]
    return Facts({**loaded.facts.tables, table: [{**first, **row} for row in rows]})


def test_the_sources_of_the_facts_lack_no_more_than_before(loaded):
    found = count_sources(loaded.facts)
    assert {kind: count for kind, count in found.items() if count > MOST[kind]} == {}
    assert set(found) == set(MOST) == set(CODES)


def test_each_count_is_a_note_with_a_remedy(loaded):
    notes = list(source_notes(loaded.facts))
    assert {note.level for note in notes} <= {"note"}
    lacking = [kind for kind, count in count_sources(loaded.facts).items() if count]
    assert [note.rule for note in notes] == [CODES[kind] for kind in lacking]


def test_a_source_lacks_an_address_a_page_or_a_date(loaded):
    used = loaded.facts.rows("cities")[0]["source"][0]
    kinds = ("address", "domain", "accessed")
    for url, accessed, counts in (
        ("", None, (1, 0, 0)),
        ("https://example.org", None, (0, 1, 1)),
        ("https://example.org/", "2026-11-27", (0, 1, 0)),
        ("https://example.org/?p=7", "2026-11-27", (0, 0, 0)),
        ("https://example.org/page", "2026-11-27", (0, 0, 0)),
    ):
        changed = with_rows(loaded, "sources", {"id": used, "url": url, "date_accessed": accessed})
        assert tuple(count_sources(changed)[kind] for kind in kinds) == counts


def test_a_line_whose_positions_alone_have_a_source_is_counted(loaded):
    before = count_sources(loaded.facts)["lines"] - count_sources(with_rows(loaded, "rail_lines"))["lines"]
    weak = {"source": ("geonames", "general-knowledge")}
    assert before < len(loaded.facts.rows("rail_lines"))
    assert count_sources(with_rows(loaded, "rail_lines", weak, {"source": ("geonames", "tass-764933")}))["lines"] == 1
