"""Text that should be JSON to Python objects, with faults that parsers hide: repeated names, a byte order mark.

Faults are noted under the rules of ``geojson_rules``.
"""

import json
from typing import Final

from corridors.data.file_kinds import kind_of_file
from corridors.data.geojson_rules import FileReport
from corridors.locales import message

NOT_JSON: Final = {
    "Expecting value": "finding.not_json.value",
    "Expecting property name enclosed in double quotes": "finding.not_json.name",
    "Expecting ':' delimiter": "finding.not_json.colon",
    "Expecting ',' delimiter": "finding.not_json.comma",
    "Extra data": "finding.not_json.more",
    "Unterminated string starting at": "finding.not_json.open",
    "Invalid control character at": "finding.not_json.control",
    "Invalid \\escape": "finding.not_json.escape",
    "Invalid \\uXXXX escape": "finding.not_json.unicode",
}
"""Error texts of Python's JSON parser, with our messages."""


class Twice(dict[str, object]):
    """An object of the file with repeated names; ``names`` lists them."""

    names: tuple[str, ...] = ()


def parse(source: str | bytes, report: FileReport) -> object:
    """Parse JSON and note repeated names, NaN and numbers that are too large. Return None if it is not JSON."""
    kind = kind_of_file(source.encode(errors="replace") if isinstance(source, str) else source, report.file)
    if kind:
        report.note("G01", "", kind.description, remedy=kind.remedy)
        return None
    text = _decode(source, report)
    if text is None:
        return None
    if text.startswith("\ufeff"):
        report.note("G01", "", message("finding.file.mark"))
        text = text[1:]
    if not text.strip():
        report.note("G01", "", message("finding.file.empty"))
        return None
    try:
        document: object = json.loads(text, object_pairs_hook=_object)
    except json.JSONDecodeError as error:
        remedy = message("remedy.rewrite")
        if error.msg == "Extra data":
            remedy = message("remedy.collect")
        place = message("finding.line.column", str(error.lineno), str(error.colno))
        why = message(NOT_JSON[error.msg]) if error.msg in NOT_JSON else error.msg
        report.note("G01", place, message("finding.not_json", why), remedy=remedy)
        return None
    except ValueError:  # Python does not read integers of thousands of digits
        report.note("G06", "", message("finding.number.long"))
        return None
    if document is None:
        report.note("G02", "", message("finding.file.no_object", "null"))
    return document


def _decode(source: str | bytes, report: FileReport) -> str | None:
    """Decode UTF-8; note if it is not UTF-8."""
    if isinstance(source, str):
        return source
    try:
        return source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start]
        newline = b"\n"
        line, byte = before.count(newline) + 1, error.start - before.rfind(newline)
        wide = source.startswith((b"\xff\xfe", b"\xfe\xff"))
        what = message("finding.file.utf16" if wide else "finding.file.no_utf8")
        report.note("G01", message("finding.line.byte", str(line), str(byte)), what)
        return None


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """Make an object from its members, and remember repeated names."""
    plain = dict(pairs)
    if len(plain) == len(pairs):
        return plain
    twice = Twice(plain)
    names = [name for name, _ in pairs]
    twice.names = tuple(name for name in plain if names.count(name) > 1)
    return twice
