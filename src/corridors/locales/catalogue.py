"""The text of a catalogue of messages (a PO file of GNU gettext) to its messages by key.

Babel reads these files too, with their comments and flags. That takes six times as long, and each command needs a
catalogue before it can answer.
"""

import json
import re

_ENTRY = re.compile(r'^msgid "(.+)"\n(msgid_plural .*\n)?((?:msgstr.*\n(?:".*\n)*)+)', re.MULTILINE)
_TEXT = re.compile(r'^msgstr(?:\[\d\])? (".*"(?:\n".*")*)', re.MULTILINE)


def read_catalogue(text: str) -> dict[str, str | tuple[str, ...]]:
    """The messages by key. A message with plural forms has a tuple of them, in the order of the file."""
    found: dict[str, str | tuple[str, ...]] = {}
    for key, plural, body in _ENTRY.findall(f"{text}\n"):
        forms = tuple("".join(map(json.loads, lines.split("\n"))) for lines in _TEXT.findall(body))
        found[key] = forms if plural else forms[0]
    return found
