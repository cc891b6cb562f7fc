"""The arguments of a placeholder's function, checked against its parameters before it runs."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from math import isfinite
from types import NoneType, UnionType
from typing import TypeVar, Union, get_args, get_origin, get_type_hints

from corridors.data.findings import printable
from corridors.errors import UsageError, not_among
from corridors.locales import Message, message

LONGEST = 40
"""A wrong value is repeated up to so many characters."""


def _is_number(value: object) -> bool:
    """Whether a value is a finite number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


KINDS: Mapping[object, tuple[str, Callable[[object], bool]]] = {
    str: ("error.report.kind.text", lambda value: isinstance(value, str)),
    int: ("error.report.kind.whole", lambda value: isinstance(value, int) and not isinstance(value, bool)),
    float: ("error.report.kind.number", _is_number),
    bool: ("error.report.kind.switch", lambda value: isinstance(value, bool)),
    Sequence[float]: (
        "error.report.kind.numbers",
        lambda value: isinstance(value, list | tuple) and all(map(_is_number, value)),
    ),
}
"""The kinds of arguments: the words for a kind, and a test of a value."""

Result = TypeVar("Result")


def checked(name: str, function: Callable[..., Result]) -> Callable[..., Result]:
    """A function that checks its arguments and reports faults in our messages.

    Parameters
    ----------
    name
        Its name in templates.
    function
        The function. Its parameters have annotations of ``KINDS``, or unions of these and None.

    Returns
    -------
    callable
        The same function. It raises a UsageError if an argument is unknown, missing, repeated, one too many, or of the
        wrong kind.
    """
    parameters = list(inspect.signature(function).parameters.values())
    hints = get_type_hints(inspect.unwrap(getattr(function, "func", function)))

    @wraps(function)
    def call(*values: object, **named: object) -> Result:
        for key, parameter, value in _bound(name, parameters, values, named):
            _check(name, key, hints.get(parameter.name, object), value)
        return function(*values, **named)

    return call


def _bound(
    name: str, parameters: Sequence[inspect.Parameter], values: Sequence[object], named: Mapping[str, object]
) -> list[tuple[str, inspect.Parameter, object]]:
    """Each value with its name and the parameter that takes it."""
    placed = [one for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    more = next((one for one in parameters if one.kind is one.VAR_POSITIONAL), None)
    rest = next((one for one in parameters if one.kind is one.VAR_KEYWORD), None)
    known = {one.name: one for one in parameters if one.kind in {one.POSITIONAL_OR_KEYWORD, one.KEYWORD_ONLY}}
    if len(values) > len(placed) and more is None:
        raise UsageError(message("error.report.argument.many", name, len(placed), len(values), _written(name, known)))
    bound = [(one.name, one, value) for one, value in zip(placed, values, strict=False)]
    bound += [(more.name, more, value) for value in values[len(placed) :] if more is not None]
    taken = {key for key, *_ in bound}
    for key, value in named.items():
        if key in taken and key in known:
            raise UsageError(message("error.report.argument.twice", name, key))
        if key not in known and rest is None:
            raise UsageError(_unknown(name, key, known))
        bound.append((key, known.get(key, rest), value))  # type: ignore[arg-type]
        taken.add(key)
    for parameter in known.values():
        if parameter.default is parameter.empty and parameter.name not in taken:
            raise UsageError(message("error.report.argument.missing", name, parameter.name, _written(name, known)))
    return bound


def _unknown(name: str, key: str, known: Mapping[str, inspect.Parameter]) -> Message:
    """The error of an unknown argument."""
    if not known:
        return message("error.report.argument.none", name, repr(key))
    refusal = not_among("error.report.argument", key, known)
    return message(refusal.key, name, *refusal.values)


def _written(name: str, known: Mapping[str, inspect.Parameter]) -> str:
    """A function as it is written, with its required and optional arguments."""
    return f"{name}({', '.join(f'{one}=…' if known[one].kind is known[one].KEYWORD_ONLY else one for one in known)})"


def _check(name: str, argument: str, hint: object, value: object) -> None:
    """Refuse a value of another kind than the annotation."""
    union = get_origin(hint) in {Union, UnionType}
    kinds = [kind for kind in (get_args(hint) if union else (hint,)) if kind not in {NoneType, object}]
    if not kinds or (value is None and union and NoneType in get_args(hint)):
        return
    if not any(KINDS[kind][1](value) for kind in kinds):
        shown = printable(repr(value))[:LONGEST] if isinstance(value, str | int | float | None) else "…"
        wanted = [message(KINDS[kind][0]) for kind in kinds]
        raise UsageError(message("error.report.argument.kind", name, argument, shown, wanted))
