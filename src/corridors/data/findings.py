"""What is wrong with a file, as data: one finding says which rule, where, what, and what to do about it.

Fact tables, layers and GeoJSON files are all checked into this one type. A finding quotes the file that it is about,
and such a file may hold anything; so what is printed is made printable first, and one finding is always one line.
"""

from dataclasses import dataclass

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
    """

    rule: str
    file: str
    where: str
    column: str | None
    message: str
    remedy: str

    def __str__(self) -> str:
        """Say it in one line: file, place, property, what is wrong, remedy."""
        places = [self.file, self.where, self.column or "", self.message]
        return printable(f"{': '.join(place for place in places if place)}. Remedy: {self.remedy}.")

    def as_dict(self) -> dict[str, str | None]:
        """Give the same under the stable names of the JSON output: rule, file, where, property, message, remedy."""
        return {
            "rule": self.rule,
            "file": printable(self.file),
            "where": printable(self.where),
            "property": None if self.column is None else printable(self.column),
            "message": printable(self.message),
            "remedy": printable(self.remedy),
        }


def printable(text: str) -> str:
    """Write as escape codes whatever in a text steers a terminal, breaks a line or is no character."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def quoted(value: object) -> str:
    """Put a value of a file into words for a message: text in quotation marks, shortened to one short piece."""
    text = f'"{value}"' if isinstance(value, str) else _spelled(value)
    text = printable(text)
    return text if len(text) <= QUOTED_LENGTH else f"{text[: QUOTED_LENGTH - 1]}…"


def _spelled(value: object) -> str:
    """Name a value that is not text as JSON would, without spelling out what it holds."""
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, list | tuple):
        return f"an array of {len(value)}"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, int) and value.bit_length() > 1024:  # noqa: PLR2004 - beyond any double
        return "a number of hundreds of digits"
    return str(value)
