"""Values to words of a language: amounts with their unit, dates and periods, sentences of the catalogues."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from corridors.locales import messages, number
from corridors.locales import unit as unit_word

HUNDRED_MILLIONS: Mapping[str, str] = {
    "billion_cny": "hundred_million_cny",
    "billion_usd": "hundred_million_usd",
}
"""Units that Chinese counts in hundreds of millions."""

UNGROUPED = frozenset({"year", "mm"})
"""Units of numbers that are names too, so that their thousands have no separator: years and gauges."""


def say(language: str, key: str, *parts: str) -> str:
    """A message with {0}, {1} … filled with text. A value is never searched for placeholders.

    A value that ends in a full stop (an abbreviation) gets no second one.
    """
    pieces = messages(language)[key].split("{")
    said = [pieces[0]]
    for piece in pieces[1:]:
        place, _, rest = piece.partition("}")
        part = parts[int(place)]
        said.append(part + (rest[1:] if part.endswith(".") and rest.startswith(".") else rest))
    return "".join(said)


def decimals(value: float) -> int:
    """How many digits a value has after the decimal sign."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -int(exponent))


def amount(value: float, unit: str, language: str, *, digits: int | None = None) -> str:
    """A value with its unit, as a language writes it, with so many digits, or with as many as the value has."""
    written = bare(value, unit, language, digits=digits)
    if unit == "year":
        return written
    value, unit, places = _counted(value, unit, language, digits)
    if unit == "percent":
        return say(language, "number.percent", written)
    word = unit_word(unit, value, places, language)
    return f"{written}{'' if language == 'zh' else ' '}{word}".rstrip()


def bare(value: float, unit: str, language: str, *, digits: int | None = None) -> str:
    """A value without its unit, as a language writes it. Years and gauges have no thousands separator."""
    if unit in UNGROUPED:
        return f"{value:.0f}"
    value, _, places = _counted(value, unit, language, digits)
    return number(value, places, language)


def _counted(value: float, unit: str, language: str, digits: int | None) -> tuple[float, str, int]:
    """A value and its unit in the counting units of a language, and the number of digits after the decimal sign."""
    if language == "zh" and unit in HUNDRED_MILLIONS:
        value, unit = round(value * 10, 6), HUNDRED_MILLIONS[unit]
        digits = None if digits is None else max(0, digits - 1)
    return value, unit, decimals(value) if digits is None else digits


def day(iso: str, language: str) -> str:
    """A date or period (ISO 8601) in words, as exact as it is."""
    start, solidus, end = iso.partition("/")
    if solidus:
        return say(language, "date.range", day(start, language), day(end, language))
    year, _, rest = iso.partition("-")
    month, _, date = rest.partition("-")
    if not month:
        return say(language, "date.y", year)
    if not date:
        return say(language, "date.my", messages(language)[f"month.{int(month)}"], year)
    return say(language, "date.dmy", str(int(date)), messages(language)[f"month.of.{int(month)}"], year)


def listed(parts: list[str], language: str) -> str:
    """Several words as a list."""
    return messages(language)["list.and"].join(parts)


def sentences(parts: Iterable[str], language: str) -> str:
    """Words as sentences, one after the other."""
    return ("" if language == "zh" else " ").join(say(language, "sentence", part) for part in parts)
