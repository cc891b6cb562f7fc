"""TOML files to declarations: frozen dataclasses give the allowed content, and every fault is reported with its line.

A declaration is a dataclass. Its fields are the keys of a table, except those marked ``FILLED_IN``, which the code
fills in. pydantic validates a file against it. Its errors become findings:

=====  ==============================================
Code   Broken where
=====  ==============================================
D01    the file is not TOML
D02    there is no such table or key
D03    a key is missing
D04    a value is of the wrong type
D05    a value is of the right type, and cannot be used
D06    a value names something that is not there
=====  ==============================================
"""

import dataclasses
from collections.abc import Mapping
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from corridors.data.declared_values import FILLED_IN, GATHERED, no_such, use_one_of
from corridors.data.findings import Finding, quoted
from corridors.data.toml_file import DeclarationError, Keys, TomlFile
from corridors.locales import LANGUAGES, Message, message

KINDS = {
    "string_type": "text",
    "literal_error": "text",
    "int_type": "whole",
    "int_from_float": "whole",
    "float_type": "number",
    "bool_type": "yes",
    "tuple_type": "list",
    "dict_type": "table",
    "mapping_type": "table",
    "dataclass_type": "table",
}
"""Error types of pydantic, and our words for the expected types."""

Declaration = TypeVar("Declaration")


def hold(file: TomlFile, kind: type[Declaration], **context: object) -> Declaration:
    """Read the declarations of a file.

    Parameters
    ----------
    file
        The file.
    kind
        The dataclass of the whole file.
    **context
        Data that some validators check values against.

    Raises
    ------
    DeclarationError
        If the file does not match its declaration. Findings are in the order of its lines.
    """
    try:
        declared: Declaration = _adapter(kind).validate_python(file.data, context=context)  # type: ignore[arg-type]
    except ValidationError as error:
        found = [_finding(file, kind, one) for one in error.errors(include_url=False)]
        raise DeclarationError([finding for _, _, finding in sorted(found, key=lambda one: one[:2])]) from None
    return declared


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    """The schema that pydantic makes from a declaration."""
    return TypeAdapter(kind)


def _finding(file: TomlFile, kind: type, error: ErrorDetails) -> tuple[int, Keys, Finding]:
    """One fault as a finding, with its sort key."""
    about = error.get("ctx", {})
    keys = (*(key for key in error["loc"] if key not in {"[key]", GATHERED}), *about.get("keys", ()))
    given = message("finding.toml.table") if isinstance(error["input"], dict) else quoted(error["input"])
    written: Message | str = file.quote(keys) or given
    match error["type"]:
        case "declared":
            rule, what, remedy = about["rule"], about["what"], about["remedy"]
        case "unexpected_keyword_argument" | "extra_forbidden":
            rule, what = "D02", no_such(str(keys[-1]))
            remedy = use_one_of(str(keys[-1]), _keys_of(_kind_at(kind, keys[:-1])))
        case "literal_error" if isinstance(error["input"], str):
            rule, what = "D06", no_such(error["input"])
            remedy = use_one_of(error["input"], get_args(_kind_at(kind, keys)))
        case "missing" | "missing_argument":
            rule, what, remedy = "D03", message("finding.toml.missing"), message("remedy.toml.missing")
        case other:
            rule, what = "D04", message("finding.toml.kind", written)
            remedy = message(f"remedy.toml.kind.{KINDS[other]}")
    return file.line(keys), tuple(map(str, keys)), file.finding(rule, keys, what, remedy)


def _kind_at(kind: Any, keys: Keys) -> Any:  # noqa: ANN401 - any annotation
    """The part of a declaration for one place in the file."""
    for key in keys:
        if dataclasses.is_dataclass(kind):
            found = _fields(kind)  # type: ignore[arg-type]
            kind = found[str(key)] if key in found else get_args(_bare(found[GATHERED]))[1]
        else:  # a mapping to tables, or a list of tables
            kind = get_args(kind)[1 if issubclass(get_origin(kind), Mapping) else 0]
        kind = _bare(kind)
    return kind


def _keys_of(kind: type) -> list[str]:
    """The keys that a table may have."""
    return [each for key in _fields(kind) for each in (LANGUAGES if key == GATHERED else (key,))]


def _bare(kind: Any) -> Any:  # noqa: ANN401 - any annotation
    """An annotated or optional type without its annotations, and without None."""
    while get_origin(kind) in {Annotated, Union, UnionType}:
        kind = get_args(kind)[0]
    return kind


@cache
def _fields(kind: type) -> Mapping[str, Any]:
    """The keys of a declaration with their types."""
    hints = get_type_hints(kind, include_extras=True)
    found = {}
    for field in dataclasses.fields(kind):
        hint = hints[field.name]
        if FILLED_IN not in get_args(hint)[1:]:
            marks = [one.alias for one in get_args(hint)[1:] if isinstance(one, FieldInfo) and one.alias]
            found[marks[0] if marks else field.name] = hint
    return found
