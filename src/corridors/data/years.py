"""The years that an atlas can show."""

from corridors.errors import UsageError
from corridors.locales import message

YEARS = (1842, 2100)
"""From the earliest known date of a line in the atlas to after the last planned one."""


def check_year(option: str, year: int | None) -> None:
    """Refuse a year out of bounds; None means no year.

    Raises
    ------
    UsageError
        If the year is out of bounds. The message names the option.
    """
    if year is not None and not YEARS[0] <= year <= YEARS[1]:
        raise UsageError(message("error.year", option, *(str(one) for one in (year, *YEARS))))
