"""Sources to their names in one line of fine print: producers with the year of publication."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from corridors.data.tables import GENERAL_KNOWLEDGE
from corridors.locales import messages, number
from corridors.locales.wording import say

MOST = 6
"""The greatest number of producers that are named. The number of others follows."""


def producer_line(ids: Iterable[str], sources: Mapping[str, Mapping[str, object]], language: str) -> str:
    """The producers of sources, each once with its year of publication, the most often used first.

    Pictures that a page makes have the same line (``script/take/producers.ts``).

    Parameters
    ----------
    ids
        Ids of sources, each as often as it is used.
    sources
        The sources by id, as in a page or a table: ``producer``, and ``date`` or ``date_published``.
    language
        The language of the text about knowledge without a source.
    """
    words = messages(language)
    memory = words["source.known"]
    used: Counter[str] = Counter()
    for name in ids:
        source = sources[name]
        # The place where a copy was read belongs in the list of sources, not in fine print.
        producer = re.sub(r" \(mirror.*\)$", "", str(source["producer"]))
        date = source.get("date") or source.get("date_published")
        used[memory if name == GENERAL_KNOWLEDGE else f"{producer} {str(date)[:4]}" if date else producer] += 1
    names = sorted(used, key=lambda name: (name == memory, -used[name], name))
    line = words["list.semicolon"].join(names[:MOST])
    if len(names) <= MOST:
        return line
    return say(language, "list.more", line, number(len(names) - MOST, 0, language))
