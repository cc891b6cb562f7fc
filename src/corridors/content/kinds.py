"""Declared kinds of layers to the classes of their legends, and to the messages that pages need for them."""

from collections.abc import Callable, Mapping

from corridors.content.context import Context
from corridors.content.page_types import Style
from corridors.content.style import SLATE, VIOLET, StyleClass
from corridors.content.symbols import SYMBOLS
from corridors.data.declared_values import no_such, use_one_of
from corridors.data.imported import cell_text
from corridors.data.kinds import Kind, KindClass, KindStyle, Shape
from corridors.data.maps import MapEntry
from corridors.data.tables import Record
from corridors.locales import number

ORDER: Mapping[Shape, float] = {"area": 2, "line": 4, "point": 8}
"""The order of drawing among the classes of the atlas (``StyleClass.z``)."""

WIDTH, SIZE, SYMBOL = 1.6, 11.0, "station"


def kind_classes(kind: Kind) -> Mapping[str, tuple[StyleClass, ...]]:
    """The classes of a kind, by the column that defines them. ``kind`` is one class for all features.

    Raises
    ------
    InputError
        If the kind names a symbol that does not exist.
    """
    whole = StyleClass(
        f"{kind.name}.all", kind.geometry, ORDER[kind.geometry], _style(kind, None, ("style",)), _all, kind.title
    )
    return {"kind": (whole,)} | {
        column: tuple(
            StyleClass(
                f"{kind.name}.{each.name}",
                kind.geometry,
                ORDER[kind.geometry],
                _style(kind, each.style, ("classes", column, nth, "style")),
                _holds(column, each),
                each.title,
            )
            for nth, each in enumerate(classes)
        )
        for column, classes in kind.classes.items()
    }


def _all(_: Record) -> bool:
    """Every feature."""
    return True


def _holds(column: str, each: KindClass) -> Callable[[Record], bool]:
    """Whether a feature belongs to a class. A class without values and limit has all features."""

    def holds(feature: Record) -> bool:
        value = feature[column]
        if each.at_least is not None:
            return isinstance(value, int | float) and value >= each.at_least
        return not each.values or value in each.values

    return holds


def _style(kind: Kind, own: KindStyle | None, keys: tuple[str | int, ...]) -> Style:
    """The style of a class: what it says itself, what its kind says, or the usual."""
    says = {
        name: next((value for one in (own, kind.style) if one and (value := getattr(one, name)) is not None), None)
        for name in KindStyle.__slots__
    }
    if kind.geometry == "area":
        return {"fill": says["color"] or SLATE, "hatch": False}
    if kind.geometry == "line":
        return {
            "color": says["color"] or VIOLET,
            "width": says["width"] or WIDTH,
            "casing": bool(says["casing"]),
            "opacity": 1.0,
            "dash": says["dash"],
        }
    symbol = says["symbol"] or SYMBOL
    if symbol not in SYMBOLS and kind.location:
        raise kind.location.fault((*keys, "symbol"), no_such(symbol), use_one_of(symbol, SYMBOLS))
    return {"symbol": symbol, "color": says["color"] or VIOLET, "size": says["size"] or SIZE}


def kind_messages(entry: MapEntry, context: Context, language: str) -> dict[str, str]:
    """The messages that a map's page needs for its declared kinds: titles of columns, and of groups of statistics."""
    found: dict[str, str] = {}
    for group in entry.groups:
        kind = context.catalog.kinds.get(group.layer)
        if kind is None:
            continue
        found |= {f"fact.{kind.name}.{name}": column.title[language] for name, column in kind.columns.items()}
        for name in kind.stats:
            for value in {*context.layers[kind.name][name].dropna()}:
                found[f"{name}.{cell_text(value)}"] = _value_words(kind, name, value, language)
    return found


def _value_words(kind: Kind, name: str, value: object, language: str) -> str:
    """A value of a column in words: its title, or the number with its unit, or the text."""
    column = kind.columns[name]
    if column.words:
        return str(column.words.get(str(value), {}).get(language, value))
    text = number(float(value), 0, language) if isinstance(value, int) else cell_text(value)
    return f"{text} {column.unit}" if column.unit else text
