"""Measures to the rows of a table for people."""

from collections.abc import Sequence

from corridors.data.iso import country_name
from corridors.locales import messages
from corridors.measures.measure import Measure


def wide_rows(measures: Sequence[Measure], *, language: str) -> list[dict[str, object]]:
    """Measures as one row for each key, with a column for each name.

    Countries and the words of a vocabulary are in the language. Layers keep the name that commands use.
    """
    words = messages(language)
    rows: dict[tuple[tuple[str, str], ...], dict[str, object]] = {}
    for measure in measures:
        of = tuple(measure.by.items())
        in_words: dict[str, object] = {key: words.get(f"{key}.{value}", value) for key, value in of if key != "layer"}
        if "country" in in_words:
            in_words["country"] = country_name(measure.by["country"], language)
        rows.setdefault(of, {**dict(of), **in_words})[measure.name] = measure.value
    return list(rows.values())
