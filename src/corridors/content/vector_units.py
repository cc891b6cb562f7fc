"""The name of a column to the unit of its numbers, if the name ends with one: ``speed_kmh``, ``Length (km)``."""

import re
from collections.abc import Mapping
from typing import Final

UNITS: Final[Mapping[str, str]] = {
    "%": "%",
    "cm": "cm",
    "deg": "°",
    "eur": "€",
    "ft": "ft",
    "gwh": "GWh",
    "ha": "ha",
    "kg": "kg",
    "km": "km",
    "km/h": "km/h",
    "km2": "km²",
    "km²": "km²",
    "kmh": "km/h",
    "kph": "km/h",
    "kv": "kV",
    "kw": "kW",
    "m2": "m²",
    "m²": "m²",
    "mm": "mm",
    "mw": "MW",
    "pct": "%",
    "percent": "%",
    "sqkm": "km²",
    "teu": "TEU",
    "usd": "US$",
}
"""The unit for the last word of a name, without case. One letter may mean anything, so ``pop_m`` has no unit."""

IN_BRACKETS: Final[Mapping[str, str]] = {**UNITS, "h": "h", "m": "m", "min": "min", "t": "t"}

BRACKETS: Final = re.compile(r".*\S\s*[(\[]([^()\[\]]+)[)\]]\s*")
LAST_WORD: Final = re.compile(r".*[^\W_][_\s]+(\S+?)")


def unit_of(name: str) -> str | None:
    """The unit that the name of a column gives; None if there is none."""
    if found := BRACKETS.fullmatch(name):
        return IN_BRACKETS.get(found[1].strip().casefold())
    found = LAST_WORD.fullmatch(name)
    return UNITS.get(found[1].rpartition("_")[2].casefold()) if found else None
