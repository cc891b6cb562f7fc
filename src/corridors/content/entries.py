"""Numbers to entries of cards: plain data that the page puts into words (see cards)."""

from typing import Any

Entry = dict[str, Any]


def figure(label: str, value: object, unit: str = "", *, digits: int = 0, about: bool = False) -> Entry:
    """A number with its unit, told with so many digits behind the decimal sign."""
    return {"label": label, "value": value, "unit": unit, "digits": digits, "about": about}


def digits_of(value: float) -> int:
    """Digits behind the decimal sign that a figure of its size is told with."""
    if float(value).is_integer():
        return 0
    return 2 if value < 10 else 1 if value < 1000 else 0  # noqa: PLR2004 - three figures or so
