"""A TOML file with the place of every key, so that a fault is reported with its line and its text."""

import re
import tomllib
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from corridors.data.findings import Finding
from corridors.errors import CorridorsError, FileError, InputError
from corridors.locales import Message, message

Keys = tuple[str | int, ...]
"""The place of a value: the keys that lead to it, and positions (from 0) in lists."""

NOT_TOML = {
    "Cannot overwrite": "twice",
    "Cannot declare": "twice",
    "Cannot mutate": "twice",
    "Cannot redefine": "twice",
    "Duplicate inline table key": "twice",
    "Unclosed": "open",
    "Unterminated": "open",
    "Expected ']": "open",
    'Expected "': "open",
    "Invalid value": "value",
    "Invalid date": "value",
    "Illegal character": "character",
    "Found invalid character": "character",
    "Unescaped": "character",
    "Invalid hex": "character",
    "Escaped character": "character",
}
"""How error texts of Python's TOML parser begin, with our messages."""

TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n,.]+ | \#[^\n]*)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
    | (?P<mark>[\[\]{}=])
    | (?P<bare>(?:\d{4}-\d\d-\d\d[ ](?=\d\d:))?[^\s\[\]{}=,.\#"']+(?:\.(?=\d)[^\s\[\]{}=,.\#"']+)?)
    """,
    re.VERBOSE | re.DOTALL,
)
"""The tokens of a TOML text. Dots and commas separate keys and values; a dot inside a number belongs to the number."""

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Written(NamedTuple):
    """The position of a value: its line, counted from 1, and its part of the text."""

    line: int
    start: int
    end: int


class DeclarationError(InputError):
    """The error of a declaration with faults.

    Attributes
    ----------
    findings
        All its faults. The message is the first finding and the number of others.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        others = len(findings) - 1
        super().__init__(message("error.findings.listed", findings[0], str(others)) if others else findings[0])
        self.findings = findings


@dataclass(frozen=True)
class TomlFile:
    """A TOML file after reading.

    Attributes
    ----------
    path
        Its path, as the caller gave it.
    text
        Its text.
    data
        The same as tables, lists and values. A number that no double can represent is NaN.
    """

    path: Path
    text: str = field(repr=False)
    data: dict[str, object] = field(repr=False)

    @classmethod
    def read(cls, path: Path, more: str = "") -> "TomlFile":
        """Read a file, with more text after its own.

        Raises
        ------
        FileError
            If it cannot be read.
        DeclarationError
            If it is not TOML.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise FileError(message("error.file.lost", str(path), error.strerror)) from error
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
            text = f"{text.rstrip()}\n\n{more}" if more else text
            return cls(path, text, tomllib.loads(text, parse_float=_number))
        except UnicodeDecodeError as error:
            line = content[: error.start].count(b"\n") + 1
            what, remedy = message("finding.file.no_utf8"), message("remedy.utf8")
        except tomllib.TOMLDecodeError as error:
            what, remedy, line = _not_toml(str(error), text)
        except RecursionError:
            line, what, remedy = 0, message("finding.too_deep"), message("remedy.flatten")
        except ValueError:  # a whole number of more digits than Python reads
            line, what, remedy = 0, message("finding.toml.value"), message("remedy.toml.value")
        where = message("finding.line.nth", str(line)) if line else ""
        raise DeclarationError([Finding("D01", str(path), where, None, what, remedy)])

    @cached_property
    def written(self) -> Mapping[Keys, Written]:
        """The positions of all tables, keys and items of lists."""
        return dict(_Scan(self.text).found)

    def line(self, keys: Keys) -> int:
        """The line of a value; else of the first value inside it, or of the table around it."""
        for end in range(len(keys), 0, -1):
            part = keys[:end]
            if part in self.written:
                return self.written[part].line
            within = (place.line for known, place in self.written.items() if known[:end] == part)
            if line := next(within, 0):
                return line
        return 1

    def quote(self, keys: Keys) -> str | None:
        """A number, date or truth value as the file writes it; None for other values."""
        place = self.written.get(keys)
        raw = self.text[place.start : place.end] if place else ""
        return raw if raw and raw[0] not in "\"'[{" else None

    def finding(self, rule: str, keys: Keys, what: Message, remedy: Message) -> Finding:
        """The finding for a value, with its line."""
        where = message("finding.line.nth", str(self.line(keys)))
        return Finding(rule, str(self.path), where, dotted(keys) or None, what, remedy)


@dataclass(frozen=True)
class Location:
    """A table of a TOML file, for values that can be checked against the facts only later."""

    file: TomlFile
    keys: Keys

    def fault(self, keys: Keys, what: Message, remedy: Message) -> DeclarationError:
        """An error at a value of the table that names something unknown."""
        return DeclarationError([self.file.finding("D06", (*self.keys, *keys), what, remedy)])

    def refuse(self, keys: Keys, error: CorridorsError) -> InputError:
        """An error that occurred when the table was used, with its line."""
        keys = (*self.keys, *keys)
        where = message("finding.line.nth", str(self.file.line(keys)))
        text = message("finding.place", dotted(keys), error.message)
        return InputError(message("finding.place", str(self.file.path), message("finding.place", where, text)))


def dotted(keys: Keys) -> str:
    """Keys as TOML writes them; an item of a list by its number, counted from 1."""
    text = ""
    for key in keys:
        if isinstance(key, int):
            text += f"[{key + 1}]"
        else:
            text += ("." if text else "") + (key if BARE_KEY.fullmatch(key) else f'"{key}"')
    return text


def _number(text: str) -> float:
    """A decimal number; NaN if it is so small that a double would be 0."""
    value = float(text)
    mantissa = re.split("[eE]", text)[0]
    return float("nan") if value == 0 and re.search("[1-9]", mantissa) else value


def _not_toml(reason: str, text: str) -> tuple[Message, Message, int]:
    """The fault of a text that is not TOML, the remedy, and the line."""
    kind = next((kind for start, kind in NOT_TOML.items() if reason.startswith(start)), "statement")
    at = re.search(r"line (\d+), column", reason)
    faults = {
        "twice": (message("finding.toml.twice"), message("remedy.toml.twice")),
        "open": (message("finding.toml.open"), message("remedy.toml.open")),
        "value": (message("finding.toml.value"), message("remedy.toml.value")),
        "character": (message("finding.toml.character"), message("remedy.toml.character")),
        "statement": (message("finding.toml.statement"), message("remedy.toml.statement")),
    }
    return *faults[kind], int(at[1]) if at else text.rstrip().count("\n") + 1


class _Scan:
    """A valid TOML text to the places of all values in it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [found for found in TOKEN.finditer(text) if found.lastgroup != "space"]
        self._at = 0
        self._ends = [found.start() for found in re.finditer("\n", text)]
        self._lists: dict[Keys, int] = {}

    @property
    def found(self) -> Iterator[tuple[Keys, Written]]:
        """Each place, in the order of the text."""
        table: Keys = ()
        while self._at < len(self._tokens):
            start = self._tokens[self._at].start()
            if self._next() == "[":
                table = self._header()
                yield table, self._written(start)
            else:
                yield from self._statement(table)

    def _header(self) -> Keys:
        """The table of a header; for an array of tables, the next one."""
        self._at += 1
        many = self._next() == "["
        self._at += many
        *above, last = self._keys("]")
        table: Keys = ()
        for key in above:
            table = self._inside((*table, key))
        table = (*table, last)
        self._at += 1 + many
        if many:
            self._lists[table] = self._lists.get(table, -1) + 1
        return self._inside(table)

    def _inside(self, table: Keys) -> Keys:
        """The path of a table; in an array of tables, of its last table."""
        return (*table, self._lists[table]) if table in self._lists else table

    def _statement(self, table: Keys) -> Iterator[tuple[Keys, Written]]:
        """A key and its value; the line is that of the key."""
        line = self._written(self._tokens[self._at].start()).line
        keys = (*table, *self._keys("="))
        self._at += 1
        start = self._tokens[self._at].start()
        inside = list(self._value(keys))
        yield keys, Written(line, start, self._tokens[self._at - 1].end())
        yield from inside

    def _value(self, keys: Keys) -> Iterator[tuple[Keys, Written]]:
        """The places inside a value. The scan continues after it."""
        opened = self._next()
        self._at += 1
        if opened == "[":
            index = 0
            while self._next() != "]":
                start = self._tokens[self._at].start()
                inside = list(self._value((*keys, index)))
                yield (*keys, index), self._written(start)
                yield from inside
                index += 1
            self._at += 1
        elif opened == "{":
            while self._next() != "}":
                yield from self._statement(keys)
            self._at += 1

    def _keys(self, until: str) -> list[str]:
        """A dotted key, up to a given mark."""
        found: list[str] = []
        while (token := self._next()) != until:
            if token[0] in "\"'":
                found.append(tomllib.loads(f"key = {token}")["key"])
            else:
                found += token.split(".")
            self._at += 1
        return found

    def _next(self) -> str:
        """The next token."""
        return self._tokens[self._at].group()

    def _written(self, start: int) -> Written:
        """The position of the text between a start and the current token."""
        return Written(bisect(self._ends, start) + 1, start, self._tokens[self._at - 1].end())
