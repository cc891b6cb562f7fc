"""Faults in files, as data. One finding gives the rule, the place, the fault, and the remedy.

Fact tables, layers and GeoJSON files all give this one type. A finding quotes its file, and such a file may contain
anything. So control characters are escaped, and one finding is always one line. Its text is in the reader's language;
quotations are not translated.
"""

from dataclasses import dataclass
from typing import Literal

from corridors.locales import DEFAULT_LANGUAGE, Message, in_words, message

QUOTED_LENGTH = 60


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of one file.

    Attributes
    ----------
    rule
        Stable code of the broken rule, such as ``G08``.
    file
        The file, as the caller named it.
    where
        The place in it: ``row 12``, ``feature 3 (id rail/x)``, ``line 4, column 7``; empty for the file as a whole.
    column
        The column, property or member with the fault, or ``None``.
    message
        The fault: lower case, no full stop at the end.
    remedy
        The remedy: lower case, no full stop at the end.
    level
        Whether it is a fault, or a note about something that is allowed.
    """

    rule: str
    file: str
    where: Message | str
    column: str | None
    message: Message
    remedy: Message
    level: Literal["fault", "note"] = "fault"

    def text(self, language: str) -> str:
        """The finding on one line: file, place, property, fault, remedy."""
        said = self.message
        for place in filter(None, (self.column, self.where, self.file)):
            said = message("finding.place", place, said)
        return printable(message("finding.line", said, self.remedy).text(language))

    def __str__(self) -> str:
        """The finding in English."""
        return self.text(DEFAULT_LANGUAGE)

    def as_dict(self, language: str = DEFAULT_LANGUAGE) -> dict[str, str | None]:
        """The finding under the stable names of the JSON output: rule, file, where, property, message, and so on."""
        return {
            "rule": self.rule,
            "file": printable(self.file),
            "where": printable(in_words(self.where, language)),
            "property": None if self.column is None else printable(self.column),
            "message": printable(self.message.text(language)),
            "remedy": printable(self.remedy.text(language)),
            "level": self.level,
        }


def row_of(line: int) -> Message:
    """Name a row of a table by its line in the file."""
    return message("finding.row", str(line))


def printable(text: str) -> str:
    """Escape all characters that control a terminal, break a line or are not valid."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def printable_text(text: str) -> str:
    """The same, but for no-break spaces: languages separate thousands by them."""
    return "\u00a0".join(map(printable, text.split("\u00a0")))


def quoted(value: object) -> Message | str:
    """Quote a value of a file in a message: one short piece of text, in quotation marks."""
    if isinstance(value, list | tuple):
        return message("finding.value.array", str(len(value)))
    if isinstance(value, dict):
        return message("finding.value.object")
    if isinstance(value, int) and value.bit_length() > 1024:  # noqa: PLR2004 - beyond any double
        return message("finding.value.huge")
    text = printable(f'"{value}"' if isinstance(value, str) else _spelled(value))
    return text if len(text) <= QUOTED_LENGTH else f"{text[: QUOTED_LENGTH - 1]}…"


def _spelled(value: object) -> str:
    """Write a value as in JSON."""
    return (
        {None: "null", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)
    )
