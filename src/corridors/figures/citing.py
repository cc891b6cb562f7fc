"""Sources to their names in fine print: producers with the year of publication."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from corridors.locales import messages, number

MOST = 6
"""The greatest number of producers that are named. The number of others follows."""

UNSOURCED = "general-knowledge"


def producers(ids: Iterable[str], sources: Mapping[str, Mapping[str, Any]], language: str) -> list[str]:
    """The producers of sources, each once with its year of publication, the most often used first.

    Parameters
    ----------
    ids
        Ids of sources, each as often as it is used.
    sources
        The sources by id, as in a page or a table: ``producer``, and ``date`` or ``date_published``.
    language
        The language of the text about knowledge without a source.
    """
    memory = messages(language)["chart.source.memory"]
    used: Counter[str] = Counter()
    for name in ids:
        source = sources[name]
        # The place where a copy was read belongs in the list of sources, not in fine print.
        producer = re.sub(r" \(mirror.*\)$", "", source["producer"])
        date = source.get("date") or source.get("date_published")
        used[memory if name == UNSOURCED else f"{producer} {date[:4]}" if date else producer] += 1
    return sorted(used, key=lambda words: (words == memory, -used[words], words))


def named(names: list[str], language: str) -> str:
    """Producers in one line, and the number of further ones."""
    line = "; ".join(names[:MOST])
    if len(names) <= MOST:
        return line
    return messages(language)["paper.more"].replace("{0}", line).replace("{1}", number(len(names) - MOST, 0, language))
