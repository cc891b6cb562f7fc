"""Data for the checks of claims: figures, features with their facts, names, and independent sources."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NoReturn

import geopandas as gpd
import pandas as pd

from corridors.claims.evidence import Other, Stated, whole
from corridors.claims.wayfinder import Wayfinder
from corridors.data.checks import Check
from corridors.data.facts import Facts
from corridors.data.findings import Finding
from corridors.data.iso import ALPHA2, country_name
from corridors.data.tables import POSITIONAL, TABLE_OF, UNCITABLE, Record, Row
from corridors.errors import InputError
from corridors.locales import Message, message, messages
from corridors.locales.wording import amount, day, listed
from corridors.measures.measure import Measures

DATES = ("opened", "since", "date")
"""Columns with the day since which a feature exists."""


@dataclass(frozen=True, slots=True)
class Term:
    """The key of a figure: the table and the values that identify its row."""

    table: str
    subject: str
    indicator: str
    period: str
    unit: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of the facts, with the rows that give another value."""

    term: Term
    row: Row
    others: tuple[Row, ...]

    @property
    def value(self) -> float:
        """Its value, in the unit of its term."""
        return float(self.row["value"])


@dataclass(frozen=True)
class ClaimContext:
    """The facts, as the checks of claims use them.

    Attributes
    ----------
    ways
        The network.
    language
        Language of the results.
    printed
        Figures that the text itself prints.
    """

    facts: Facts
    layers: Mapping[str, gpd.GeoDataFrame]
    measures: Measures
    ways: Wayfinder
    language: str
    printed: Mapping[Term, float]
    _records: dict[str, dict[str, Record]] = field(default_factory=dict)
    _producers: dict[str, str] = field(default_factory=dict)

    # --- witnesses ----------------------------------------------------------------------------------------------------

    def producer(self, source: str) -> str:
        """Who made a source."""
        if not self._producers:
            self._producers.update((row["id"], row["producer"]) for row in self.facts.rows("sources"))
        return self._producers.get(source, source)

    def witnesses(self, sources: Iterable[str], claim: Row) -> tuple[str, ...]:
        """Those of the sources that another author than the claim's produced, and that readers can look up."""
        own = self.producer(claim["source"][0])
        found = {one for one in sources if self.producer(one) != own and one not in UNCITABLE | POSITIONAL}
        return tuple(sorted(found))

    def producers(self, sources: Iterable[str]) -> str:
        """The producers of some sources, each once."""
        return listed(list(dict.fromkeys(self.producer(one) for one in sources)), self.language)

    # --- figures ------------------------------------------------------------------------------------------------------

    def figure(self, term: Term) -> Figure | None:
        """The figure of a term: the first row with basis "reported", else the first row, or None if there is no row."""
        rows = [row for row in self._rows(term) if row["unit"] == term.unit]
        if not rows:
            return None
        chosen = next((row for row in rows if row.get("basis", "reported") == "reported"), rows[0])
        others = tuple(row for row in rows if row["value"] != chosen["value"] and not _allows(row, chosen))
        return Figure(term, chosen, others)

    def in_other_units(self, term: Term) -> Iterator[Row]:
        """Rows of the same figure in other units, if the values in one unit differ from each other."""
        rows = [row for row in self._rows(term) if row["unit"] != term.unit]
        for unit in dict.fromkeys(row["unit"] for row in rows):
            alike = [row for row in rows if row["unit"] == unit]
            if len({row["value"] for row in alike}) > 1:
                yield from alike

    def in_other_periods(self, term: Term) -> Iterator[Row]:
        """Rows of the same indicator and unit in other periods."""
        for row in self.facts.rows(term.table):
            alike = (row["subject"], row["indicator"], row["unit"]) == (term.subject, term.indicator, term.unit)
            if alike and row["period"] != term.period and row["value"] is not None:
                yield row

    def _rows(self, term: Term) -> list[Row]:
        """All rows of a subject, an indicator and a period, if they have a value."""
        wanted = (term.subject, term.indicator, term.period)
        return [
            row
            for row in self.facts.rows(term.table)
            if (row["subject"], row["indicator"], row["period"]) == wanted and row["value"] is not None
        ]

    def other(self, row: Row) -> Other:
        """A row of figures as the statement of another source."""
        text = self.bounded(row)
        text = f"{text} ({day(row['period'], self.language)})"
        return Other(whole(row["value"]), row["unit"], text, self.reporter(row), tuple(sorted(row["source"])))

    def bounded(self, row: Row) -> str:
        """A row's figure in words, with "more than" or "about" if it is a bound or an approximation."""
        text = amount(row["value"], row["unit"], self.language)
        key = {"more_than": "number.more_than", "about": "number.about"}.get(row["bound"] or "")
        return messages(self.language)[key].replace("{0}", text) if key else text

    def reporter(self, row: Row) -> str:
        """The publisher of a row's figure."""
        return row.get("reporter") or self.producers(row["source"])

    # --- lengths ------------------------------------------------------------------------------------------------------

    def length(self, feature: str) -> tuple[float, Sequence[str]] | None:
        """Kilometres of a line or a corridor on the map, and the sources; None if the name is unknown."""
        layer, _, name = feature.partition("/")
        if layer == "corridors":
            way = self.ways.corridors().get(name)
            return (way.length_km, way.sources) if way else None
        measured = self.measures.find("track_km", feature=feature)
        return (measured.value, measured.sources) if measured and self.record(feature) else None

    def lengths(self, feature: str) -> list[Row]:
        """Published lengths of a whole line or corridor, as rows with a ``length_km``. Preferred ones come first."""
        layer, _, name = feature.partition("/")
        if layer == "corridors":
            figures = self.facts.rows("corridor_figures")
            whole_way = [row for row in figures if (row["corridor"], row["indicator"]) == (name, "length_km")]
            return [{**row, "length_km": row["value"]} for row in whole_way]
        line = self.record(feature) or {}
        names = {name, line.get("railway")}
        rows = [row for row in self.facts.rows("lengths") if row["line"] in names]
        rows = [row for row in rows if not row["from_station"] and not row["to_station"]]
        return sorted(rows, key=lambda row: not row["preferred"])

    # --- features -----------------------------------------------------------------------------------------------------

    def records(self, layer: str) -> dict[str, Record]:
        """The features of a layer by their id, with the columns of the layer and of the fact table.

        Facts that are not drawn, such as visa exemptions, are included.
        """
        if layer not in self._records:
            table = TABLE_OF.get(layer, layer)
            facts = self.facts.by_id(table) if table in self.facts.tables else {}
            drawn = {row["id"]: row for row in self.layers[layer].drop(columns="geometry").to_dict("records")}
            self._records[layer] = {
                name: {**facts.get(name, {}), **{key: _plain(value) for key, value in drawn.get(name, {}).items()}}
                | self._derived(layer, drawn.get(name, {}), facts.get(name, {}))
                for name in sorted({*facts, *drawn})
            }
        return self._records[layer]

    def record(self, feature: str) -> Record | None:
        """The feature with an id such as ``ports/kz-dostyk``, or None if it does not exist."""
        layer, _, name = feature.partition("/")
        return self.records(layer).get(name) if layer in self.layers else None

    def _derived(self, layer: str, row: Record, fact: Row) -> dict[str, object]:
        """Columns derived from others: cities and countries at the ends of flights, and the ends of train routes."""
        if layer == "flights":
            airports = {one["icao"]: one for one in self.facts.rows("airports")}
            return {
                f"{end}_{what}": airports[row[end]][what]
                for end in ("origin", "destination")
                for what in ("city", "country")
            }
        if layer == "tourism" and fact.get("along"):
            ends = [part.strip().partition(":")[2].partition(">") for part in fact["along"].split(";")]
            return {"from": ends[0][0].strip(), "to": ends[-1][2].strip()}
        return {}

    def name(self, record: Record) -> str:
        """A feature's name."""
        return str(record.get(f"name_{self.language}") or record["name_en"])

    def word(self, column: str, value: str) -> str:
        """The word for a value: a status, a country, a city or a station. Any other value is returned unchanged."""
        if f"{column}.{value}" in messages(self.language):
            return messages(self.language)[f"{column}.{value}"]
        if value in ALPHA2:
            return country_name(value, self.language)
        for layer in ("cities", "stations", "countries"):
            if value in self.records(layer):
                return self.name(self.records(layer)[value])
        return value


def _allows(bound: Row, row: Row) -> bool:
    """Whether a row is a lower bound, and the other row's value keeps to it."""
    return bool(bound["bound"] == "more_than" and row["value"] >= bound["value"])


def _plain(value: object) -> object:
    """A cell of a frame; None if the value is missing."""
    return None if value is pd.NA or value is None or value != value else value  # noqa: PLR0124 - NaN alone differs


def since(record: Record) -> str | None:
    """The day since which a feature exists (ISO 8601), or None if it is unknown."""
    return next((str(record[column]) for column in DATES if record.get(column)), None)


def sources_of_record(record: Record) -> tuple[str, ...]:
    """Ids of the sources of a feature."""
    return tuple(values_in(record, "source"))


def values_in(record: Record, column: str) -> Sequence[str]:
    """The values of a cell: one, or several separated by ``;``."""
    value = record.get(column)
    parts = value if isinstance(value, tuple) else str(value).split(";") if value is not None else ()
    return [str(part).strip() for part in parts]


def stated_by(check: Check, claim: Row) -> Stated:
    """The number that the text states.

    Raises
    ------
    InputError
        If it states none.
    """
    text = check.stated or claim["value"]
    try:
        float(text)
    except (TypeError, ValueError):
        remedy = message("remedy.state", "is VALUE UNIT")
        refuse(claim, "value", message("finding.no_number", repr(text)), remedy)
    return Stated(str(text), check.unit or claim["unit"] or "", check.above)


def refuse(claim: Row, column: str, what: Message, remedy: Message) -> NoReturn:
    """Refuse a claim whose check is not usable as it is written.

    Raises
    ------
    InputError
        Always; the message names file, claim, column and remedy.
    """
    raise InputError(Finding("F11", "claims.csv", message("finding.claim", claim["id"]), column, what, remedy))
