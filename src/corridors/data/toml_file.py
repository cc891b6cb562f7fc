"""A TOML file with the place of every key in it, so that a fault is told with its line and as it is written."""

import re
import tomllib
from bisect import bisect
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

from corridors.data.findings import Finding
from corridors.errors import CorridorsError, FileError, InputError
from corridors.locales import Message, message

Keys = tuple[str | int, ...]
"""Where a value stands: the keys that lead to it, and the places (counted from 0) in lists."""

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
"""How Python's parser begins the reasons for which a text is not TOML, and what they come to."""

TOKEN = re.compile(
    r"""
    (?P<space>[ \t\r\n,.]+ | \#[^\n]*)
    | (?P<text>\"{3}(?:\\.|[^\\])*?\"{3,5} | '{3}.*?'{3,5} | "(?:\\.|[^"\\])*" | '[^']*')
    | (?P<mark>[\[\]{}=])
    | (?P<bare>(?:\d{4}-\d\d-\d\d[ ](?=\d\d:))?[^\s\[\]{}=,.\#"']+(?:\.(?=\d)[^\s\[\]{}=,.\#"']+)?)
    """,
    re.VERBOSE | re.DOTALL,
)
"""What a TOML text consists of. Dots and commas only part keys and values; the one inside a number belongs to it."""

BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")


class Written(NamedTuple):
    """Where a value is written: its line, counted from 1, and the part of the text that it takes."""

    line: int
    start: int
    end: int


class DeclarationError(InputError):
    """A declaration is not as it has to be.

    Attributes
    ----------
    findings
        Everything that is wrong with it; the message is the first and the number of others.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        others = len(findings) - 1
        super().__init__(message("error.findings.listed", findings[0], str(others)) if others else findings[0])
        self.findings = findings


@dataclass(frozen=True)
class TomlFile:
    """A TOML file that has been read.

    Attributes
    ----------
    path
        Where it lies, as whoever asked named it.
    text
        What it says.
    data
        The same as tables, lists and values; a number that no double can hold is NaN.
    """

    path: Path
    text: str = field(repr=False)
    data: dict[str, Any] = field(repr=False)

    @classmethod
    def read(cls, path: Path) -> "TomlFile":
        """Read a file.

        Raises
        ------
        FileError
            Where it cannot be read.
        DeclarationError
            Where it is not TOML.
        """
        try:
            content = path.read_bytes()
        except OSError as error:
            raise FileError(message("error.file.lost", str(path), error.strerror)) from error
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
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
        """Where each table, key and item of a list is written."""
        return dict(_Scan(self.text).found)

    def line(self, keys: Keys) -> int:
        """The line of a value, of the first that lies within it, or else of the table around it."""
        for end in range(len(keys), 0, -1):
            part = keys[:end]
            if part in self.written:
                return self.written[part].line
            within = (place.line for known, place in self.written.items() if known[:end] == part)
            if line := next(within, 0):
                return line
        return 1

    def quote(self, keys: Keys) -> str | None:
        """A number, date or truth value as the file writes it; None where it is another thing."""
        place = self.written.get(keys)
        raw = self.text[place.start : place.end] if place else ""
        return raw if raw and raw[0] not in "\"'[{" else None

    def finding(self, rule: str, keys: Keys, what: Message, remedy: Message) -> Finding:
        """A fault of a value, with its line."""
        where = message("finding.line.nth", str(self.line(keys)))
        return Finding(rule, str(self.path), where, dotted(keys) or None, what, remedy)


@dataclass(frozen=True)
class Spot:
    """A table of a TOML file, for what can only be held against the facts later."""

    file: TomlFile
    keys: Keys

    def fault(self, keys: Keys, what: Message, remedy: Message) -> DeclarationError:
        """An error at a value of the table, which names what is not there."""
        return DeclarationError([self.file.finding("D06", (*self.keys, *keys), what, remedy)])

    def refuse(self, keys: Keys, error: CorridorsError) -> InputError:
        """An error that was met in carrying out what the table declares, with its line."""
        keys = (*self.keys, *keys)
        where = message("finding.line.nth", str(self.file.line(keys)))
        told = message("finding.place", dotted(keys), error.message)
        return InputError(message("finding.place", str(self.file.path), message("finding.place", where, told)))


def dotted(keys: Keys) -> str:
    """Keys as TOML writes them; an item of a list by its number, counted from 1."""
    told = ""
    for key in keys:
        if isinstance(key, int):
            told += f"[{key + 1}]"
        else:
            told += ("." if told else "") + (key if BARE_KEY.fullmatch(key) else f'"{key}"')
    return told


def _number(text: str) -> float:
    """A decimal number; NaN where it is so small that a double would make nothing of it."""
    value = float(text)
    mantissa = re.split("[eE]", text)[0]
    return float("nan") if value == 0 and re.search("[1-9]", mantissa) else value


def _not_toml(reason: str, text: str) -> tuple[Message, Message, int]:
    """What is wrong with a text that is not TOML, the remedy, and the line."""
    kind = next((kind for start, kind in NOT_TOML.items() if reason.startswith(start)), "statement")
    at = re.search(r"line (\d+), column", reason)
    told = {
        "twice": (message("finding.toml.twice"), message("remedy.toml.twice")),
        "open": (message("finding.toml.open"), message("remedy.toml.open")),
        "value": (message("finding.toml.value"), message("remedy.toml.value")),
        "character": (message("finding.toml.character"), message("remedy.toml.character")),
        "statement": (message("finding.toml.statement"), message("remedy.toml.statement")),
    }
    return *told[kind], int(at[1]) if at else text.rstrip().count("\n") + 1


class _Scan:
    """A TOML text, known to be good, to the places of what stands in it."""

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
        """The table that a head opens; of an array of tables, the next one."""
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
        """A table, or the last one of an array of tables."""
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
        """What stands inside a value, which is passed."""
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
        """A key with dots in it, up to a mark."""
        found: list[str] = []
        while (token := self._next()) != until:
            if token[0] in "\"'":
                found.append(tomllib.loads(f"key = {token}")["key"])
            else:
                found += token.split(".")
            self._at += 1
        return found

    def _next(self) -> str:
        """The token that comes next."""
        return self._tokens[self._at].group()

    def _written(self, start: int) -> Written:
        """The place of what began there and has been passed."""
        return Written(bisect(self._ends, start) + 1, start, self._tokens[self._at - 1].end())
