"""The years that an atlas can be asked for."""

from corridors.errors import UsageError
from corridors.locales import message

YEARS = (1872, 2100)
"""From the first line of the atlas that a date is known of to after the last that is planned."""


def check_year(option: str, year: int | None) -> None:
    """Refuse a year out of bounds; None is no year.

    Raises
    ------
    UsageError
        Where there is nothing to ask for in that year; the message names the option.
    """
    if year is not None and not YEARS[0] <= year <= YEARS[1]:
        raise UsageError(message("error.year", option, *(str(one) for one in (year, *YEARS))))
