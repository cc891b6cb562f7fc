"""What is wrong with a file, as data: one finding says which rule, where, what, and what to do about it.

Fact tables, layers and GeoJSON files are all checked into this one type. A finding quotes the file that it is about,
and such a file may hold anything; so what is printed is made printable first, and one finding is always one line. It
is said in the language of whoever reads it; what it quotes stays as it is.
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
        Stable code of the rule that is broken, such as ``G08``.
    file
        The file, as it was named by whoever asked.
    where
        The place in it: ``row 12``, ``feature 3 (id rail/x)``, ``line 4, column 7``; empty for the file as a whole.
    column
        The column, property or member that is wrong, or ``None``.
    message
        What is wrong: lower case, no full stop at the end.
    remedy
        What to do about it: lower case, no full stop at the end.
    level
        Whether it is a fault, or a note of what is allowed and worth knowing.
    """

    rule: str
    file: str
    where: Message | str
    column: str | None
    message: Message
    remedy: Message
    level: Literal["fault", "note"] = "fault"

    def text(self, language: str) -> str:
        """Say it in one line: file, place, property, what is wrong, remedy."""
        said = self.message
        for place in filter(None, (self.column, self.where, self.file)):
            said = message("finding.place", place, said)
        return printable(message("finding.line", said, self.remedy).text(language))

    def __str__(self) -> str:
        """Say it in English."""
        return self.text(DEFAULT_LANGUAGE)

    def as_dict(self, language: str = DEFAULT_LANGUAGE) -> dict[str, str | None]:
        """Give the same under the stable names of the JSON output: rule, file, where, property, message, and so on."""
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
    """Name a row of a table by the line of its file."""
    return message("finding.row", str(line))


def printable(text: str) -> str:
    """Write as escape codes whatever in a text steers a terminal, breaks a line or is no character."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def quoted(value: object) -> Message | str:
    """Put a value of a file into words for a message: text in quotation marks, shortened to one short piece."""
    if isinstance(value, list | tuple):
        return message("finding.value.array", str(len(value)))
    if isinstance(value, dict):
        return message("finding.value.object")
    if isinstance(value, int) and value.bit_length() > 1024:  # noqa: PLR2004 - beyond any double
        return message("finding.value.huge")
    text = printable(f'"{value}"' if isinstance(value, str) else _spelled(value))
    return text if len(text) <= QUOTED_LENGTH else f"{text[: QUOTED_LENGTH - 1]}…"


def _spelled(value: object) -> str:
    """Write a value as JSON would."""
    return (
        {None: "null", True: "true", False: "false"}[value] if value is None or isinstance(value, bool) else str(value)
    )
