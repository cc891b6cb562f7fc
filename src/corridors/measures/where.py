"""A condition such as ``gauge_mm == 1520 and status != 'planned'`` to the features that meet it.

The condition is read with Python's own parser. It may use comparisons, ``in``, ``and``, ``or``, ``not``, names of
columns and plain values. A column whose name is no word of Python is ``column('max speed')``. A date is compared with a
text such as ``'2013'`` or ``'2013-06-30'``, as exactly as the text is written. Everything else is refused, so that a
condition can only select features.
"""

import ast
import keyword
import operator
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd

from corridors.data.findings import quoted
from corridors.data.tables import Record
from corridors.errors import UsageError, not_among
from corridors.locales import message

_COMPARISONS: Mapping[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda value, many: value in many,
    ast.NotIn: lambda value, many: value not in many,
}
COUNTRY = "country"
COLUMN = "column"
"""The function whose value is the cell of a column of any name, as it is."""

MOST_PARTS = 500
"""The limit of names, values and operators in a condition: long lists are possible, a stack overflow is not."""

MOST_VALUES = 40
"""Conditions that the atlas writes itself name at most so many values of a column."""

EXAMPLE = "gauge_mm == 1520 and status in ('planned', 'suspended')"
REMEDY = message("error.where.remedy", EXAMPLE)


def choose(frame: gpd.GeoDataFrame, condition: str) -> gpd.GeoDataFrame:
    """The features that meet a condition, including features with a part that meets it.

    A comparison with a missing value is false. ``'KAZ' in country`` works for cells of several values.

    Raises
    ------
    UsageError
        If the condition cannot be read, names a column that does not exist, or does more than compare.
    """
    return frame[[bool(countries) for countries in held(frame, condition)]]


def held(frame: gpd.GeoDataFrame, condition: str) -> list[tuple[str, ...]]:
    """For each feature: the countries whose part of the feature meets a condition.

    A condition on ``country`` is tested for each country's part of a feature. Other columns have the same value in all
    parts. A condition can require several countries at once (``'CHN' in country and 'KAZ' in country``). Then the
    result is the feature's parts in the countries that the condition names. A condition without ``country`` is true for
    all parts or for none.

    Raises
    ------
    UsageError
        As :func:`choose`.
    """
    tree = _parsed(condition)
    if sum(1 for _ in ast.walk(tree)) > MOST_PARTS:
        raise UsageError(message("error.where.long", quoted(condition), REMEDY))
    _check(tree, condition, [str(name) for name in frame.columns if name != "geometry"])
    named, words = {*_texts([tree])}, _words(tree)
    needed = [name for name in frame.columns if name in {*names_in(condition), COUNTRY}]
    found = []
    for record in frame[needed].to_dict("records") or [{}] * len(frame):
        cell = record.get(COUNTRY)
        countries = tuple(cell.split(";")) if isinstance(cell, str) else ("",)
        if COUNTRY not in words:
            found.append(countries if _value(tree, record) else ())
            continue
        parts = tuple(code for code in countries if _value(tree, {**record, COUNTRY: {code} - {""}}))
        if not parts and _value(tree, {**record, COUNTRY: {*countries} - {""}}):
            parts = tuple(code for code in countries if code in named)
        found.append(parts)
    return found


def names_in(condition: str) -> set[str]:
    """The columns that a condition names.

    Raises
    ------
    UsageError
        If the condition cannot be read.
    """
    tree = _parsed(condition)
    return _words(tree) | {name for node in ast.walk(tree) if (name := _column(node)) is not None}


def column_words(name: str) -> str:
    """A column as conditions name it: its cells are taken as they are, also those of several countries."""
    is_word = name.isascii() and name.isidentifier() and not keyword.iskeyword(name)
    return name if is_word and name not in {COUNTRY, COLUMN} else f"{COLUMN}({name!r})"


def _words(tree: ast.expr) -> set[str]:
    """The columns that stand in a condition as words."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - {COLUMN}


def _column(node: ast.AST) -> str | None:
    """The column of a function ``column('…')``; None for anything else."""
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == COLUMN):
        return None
    given = node.args[0] if len(node.args) == 1 and not node.keywords else None
    return given.value if isinstance(given, ast.Constant) and isinstance(given.value, str) else None


def _parsed(condition: str) -> ast.expr:
    """The syntax tree of a condition."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", SyntaxWarning)  # warnings about a backslash in a value
            return ast.parse(condition, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise UsageError(message("error.where.unreadable", quoted(condition), REMEDY)) from error


def _check(node: ast.expr, condition: str, columns: list[str]) -> None:
    """Refuse everything that a condition must not contain."""
    name = node.id if isinstance(node, ast.Name) else _column(node)
    if name is not None:
        if name not in columns:
            raise UsageError(not_among("error.where.column", name, columns))
    elif isinstance(node, ast.Constant):
        if not isinstance(node.value, str | int | float):
            raise UsageError(message("error.where.value", quoted(condition), repr(node.value), REMEDY))
    elif isinstance(node, ast.BoolOp | ast.Tuple | ast.List):
        for part in node.values if isinstance(node, ast.BoolOp) else node.elts:  # noqa: PD011 - a syntax tree
            _check(part, condition, columns)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        _check(node.operand, condition, columns)
    elif isinstance(node, ast.Compare) and all(type(op) in _COMPARISONS for op in node.ops):
        for part in (node.left, *node.comparators):
            _check(part, condition, columns)
        _check_country([node.left, *node.comparators])
    else:
        raise UsageError(message("error.where.more", quoted(condition), REMEDY))


def _check_country(sides: Sequence[ast.expr]) -> None:
    """Refuse to compare the country with several countries in one text, because a part lies in one country."""
    several = [value for value in _texts(sides) if ";" in value]
    if several and any(isinstance(part, ast.Name) and part.id == COUNTRY for part in sides):
        remedy = f"country in ({', '.join(map(repr, several[0].split(';')))})"
        raise UsageError(message("error.where.country", repr(several[0]), remedy))


def _texts(nodes: Sequence[ast.expr]) -> Iterator[str]:
    """The texts in some parts of a condition."""
    for node in nodes:
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and isinstance(part.value, str):
                yield part.value


def _value(node: ast.expr, record: Record) -> object:  # noqa: PLR0911 - one return for each kind of node
    """The value of a checked condition for one feature."""
    if isinstance(node, ast.Name | ast.Call):
        value = record[node.id if isinstance(node, ast.Name) else str(_column(node))]
        if isinstance(value, set):
            return value
        return None if value is pd.NA or value != value else value  # noqa: PLR0124 - NaN differs from itself
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Tuple | ast.List):
        return [_value(part, record) for part in node.elts]
    if isinstance(node, ast.BoolOp):
        found = (bool(_value(part, record)) for part in node.values)  # noqa: PD011 - a syntax tree
        return all(found) if isinstance(node.op, ast.And) else any(found)
    if isinstance(node, ast.UnaryOp):
        inner = _value(node.operand, record)
        if isinstance(node.op, ast.Not):
            return not inner
        return -inner if isinstance(inner, int | float) else None  # text and missing values have no negative
    assert isinstance(node, ast.Compare)  # noqa: S101 - _check has seen to it
    left = _value(node.left, record)
    for op, part in zip(node.ops, node.comparators, strict=True):
        right = _value(part, record)
        if not _holds(op, left, right):
            return False
        left = right
    return True


def _holds(op: ast.cmpop, left: object, right: object) -> bool:
    """Whether a comparison is true. With a missing value, or between text and number, only ``!=`` is true."""
    if isinstance(left, set) or isinstance(right, set):
        return _met(op, left, right)
    if isinstance(op, ast.In | ast.NotIn) and isinstance(right, str):
        right = right.split(";")
    if left is None or right is None:
        return isinstance(op, ast.NotEq | ast.NotIn)
    try:
        return bool(_COMPARISONS[type(op)](*_dated(left, right)))
    except TypeError:
        return False


def _dated(left: object, right: object) -> tuple[object, object]:
    """Two values; a date beside a text is a text of the same length (ISO 8601)."""
    if isinstance(left, date) and isinstance(right, str):
        return left.isoformat()[: len(right)], right
    if isinstance(right, date) and isinstance(left, str):
        return left, right.isoformat()[: len(left)]
    return left, right


def _met(op: ast.cmpop, left: object, right: object) -> bool:
    """Whether a comparison is true for the countries of a feature, or of a part of it."""
    one, other = ({*side} if isinstance(side, set | list) else {side} for side in (left, right))
    if isinstance(op, ast.Eq | ast.In):
        return not one.isdisjoint(other)
    return isinstance(op, ast.NotEq | ast.NotIn) and one.isdisjoint(other)
