"""Countries to a layer: Natural Earth's outlines with China's trade and visa exemptions."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import shapely
from shapely.geometry.base import BaseGeometry

from corridors.data.basemap import AROUND, read_basemap_file
from corridors.data.facts import Facts
from corridors.data.iso import country_name
from corridors.data.tables import NAMED, REGION, VISA_DAYS, Row
from corridors.errors import InputError
from corridors.layers.columns import joined
from corridors.locales import DEFAULT_LANGUAGE, filled, message, messages
from corridors.locales.wording import amount

TRADE_YEAR = "2024"
"""The last full year before the atlas's as-of date."""


def trade_year(facts: Facts) -> str:
    """The year of the trade figures: the year of the facts, or the last full year before the atlas's date."""
    return TRADE_YEAR if facts.year is None else str(facts.year)


OUTLINE_ACCURACY_M = 5000


def read_outlines(basemap: Path, *, world: bool = False) -> dict[str, BaseGeometry]:
    """Country polygons by alpha-3 code, EPSG:4326, from the basemap's ``countries.geojson``.

    Parameters
    ----------
    basemap
        The folder of the basemap.
    world
        Whether countries are whole, and all of the world, if the basemap has the world around its extent.

    Raises
    ------
    FileError
        If the file cannot be read.
    InputError
        If it is not GeoJSON as the basemap command writes it.
    """
    outlines: dict[str, list[BaseGeometry]] = {}
    folders = [basemap, basemap / AROUND] if world and (basemap / AROUND).is_dir() else [basemap]
    for about, shape in (each for folder in folders for each in read_basemap_file(folder / "countries.geojson")):
        if code := about.get("iso_a3"):
            outlines.setdefault(str(code), []).append(shape)
    return {code: parts[0] if len(parts) == 1 else shapely.union_all(parts) for code, parts in outlines.items()}


def trade_of(facts: Facts, subject: str, year: str, basis: str = "reported") -> Row | None:
    """China's trade with a country (or ``central-asia``) in a year, in billion US dollars: as China reports it.

    With another basis, such as ``mirror``, it is what the partner reports. A lower bound is not a value.
    """
    wanted = (subject, "trade_total", "billion_usd", year, basis)
    names = ("subject", "indicator", "unit", "period", "basis")
    return next(
        (
            row
            for row in facts.rows("trade")
            if tuple(row[name] for name in names) == wanted and row["bound"] != "more_than"
        ),
        None,
    )


def share_percent(part: float, whole: float) -> float:
    """A part of a whole, in percent."""
    return round(100 * part / whole, 1)


def growth_percent(now: float, before: float) -> float:
    """Growth from one value to another, in percent."""
    return round(100 * (now / before - 1), 1)


def visas_of(facts: Facts) -> dict[str, Row]:
    """The visa exemptions by country. They are mutual, and those of China stand with its partners."""
    rows = [row for row in facts.rows("tourism") if row["kind"] == "visa"]
    return {country: row for row in rows for country in row["country"] if country != "CHN"}


def visa_terms(visa: Row, language: str) -> str | None:
    """The days of a visa exemption in words; None if they are not known."""
    if not all(visa[name] for name in VISA_DAYS):
        return None
    days = [amount(visa[name], "days", language, digits=0) for name in VISA_DAYS]
    return filled(messages(language)["visa.terms"], *days)


def country_rows(facts: Facts, outlines: Mapping[str, BaseGeometry]) -> Iterator[dict[str, object]]:
    """Countries on the corridors. Countries of Central Asia also have their trade as China's customs report it."""
    visas = visas_of(facts)
    year = trade_year(facts)
    whole = trade_of(facts, REGION, year)
    for row in facts.rows("countries"):
        code = row["iso_a3"]
        if code not in outlines:
            raise InputError(message("error.country.outline", row["id"], code))
        trade = trade_of(facts, code, year)
        earlier = trade_of(facts, code, str(int(year) - 1))
        visa = visas.get(code)
        sources = dict.fromkeys(
            [*row["source"], *(trade or {"source": ()})["source"], *(visa or {"source": ()})["source"]]
        )
        columns: dict[str, object] = {
            f"name_{language}": country_name(code, language) for language in NAMED if language != "local"
        }
        if trade:
            columns |= {"trade_billion_usd": trade["value"], "trade_year": int(year)}
            if whole:
                columns["trade_share_percent"] = share_percent(trade["value"], whole["value"])
            if earlier:
                columns["trade_growth_percent"] = growth_percent(trade["value"], earlier["value"])
        if visa:
            columns |= {"visa_terms": visa_terms(visa, DEFAULT_LANGUAGE), "visa_since": visa["opened"]}
        yield columns | {
            "id": row["id"],
            "kind": "country",
            "name_local": row["name_local"],
            "status": "operational",
            "country": code,
            "source": joined(sources),
            "confidence": row["confidence"],
            "geometry_basis": "digitised",
            "accuracy_m": OUTLINE_ACCURACY_M,
            "group": row["group"],
            "label_lon": row["label_lon"],
            "label_lat": row["label_lat"],
            "geometry": outlines[code],
        }
