"""Numbers to entries of cards: plain data that the page puts into words (see cards)."""

from corridors.content.page_types import Entry


def figure(label: str, value: float, unit: str = "", *, digits: int = 0, about: bool = False) -> Entry:
    """A number with its unit, and the number of digits after the decimal sign."""
    return {"label": label, "value": value, "unit": unit, "digits": digits, "about": about}


def digits_of(value: float) -> int:
    """The number of digits after the decimal sign for a figure of this size."""
    if float(value).is_integer():
        return 0
    return 2 if value < 10 else 1 if value < 1000 else 0  # noqa: PLR2004 - three figures or so
