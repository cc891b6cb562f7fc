"""Identifiers of features in registers of others: the form of each, where it is shown, and the faults in the table.

| code | what it finds |
| --- | --- |
| F14 | an identifier of another form, of another country, or of another feature of the same layer |
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from corridors.data.findings import Finding, row_of
from corridors.data.iso import ALPHA2
from corridors.data.tables import TABLE_OF, Row
from corridors.locales import Message, message


@dataclass(frozen=True, slots=True)
class Register:
    """A register.

    Attributes
    ----------
    form
        What an identifier looks like.
    example
        An identifier, for messages.
    page
        The address of the page about a thing, with ``{}`` in place of its identifier; empty if there is none.
    """

    form: re.Pattern[str]
    example: str
    page: str = ""


REGISTERS: Mapping[str, Register] = {
    "wikidata": Register(re.compile(r"Q[1-9][0-9]{0,9}"), "Q269", "https://www.wikidata.org/wiki/{}"),
    "osm": Register(
        re.compile(r"(node|way|relation)/[1-9][0-9]{0,11}"), "node/240109189", "https://www.openstreetmap.org/{}"
    ),
    "geonames": Register(re.compile(r"[1-9][0-9]{0,8}"), "1512569", "https://www.geonames.org/{}"),
    "locode": Register(re.compile(r"[A-Z]{2}[A-Z2-9]{3}"), "UZTAS"),
}
"""The registers. A UN/LOCODE begins with the country's two letters (ISO 3166-1) and has neither 0 nor 1."""


def page_of(scheme: str, value: str) -> str:
    """The address of a thing's page in a register; empty if it has none."""
    return REGISTERS[scheme].page.format(value)


def identifier_findings(tables: Mapping[str, Sequence[Row]], lines: Sequence[int]) -> Iterator[Finding]:
    """List the faults of identifiers.csv (F14). ``lines`` are those where its rows start."""
    first: dict[tuple[str, str, str], str] = {}
    countries: dict[str, object] = {
        f"{layer}/{row['id']}": row.get("country") or row.get("iso_a3")
        for layer in {row["feature"].partition("/")[0] for row in tables["identifiers"] if row["feature"]}
        for row in tables.get(TABLE_OF.get(layer, layer), ())
    }
    for row, line in zip(tables["identifiers"], lines, strict=True):
        scheme, value, feature = row["scheme"], row["value"], row["feature"]
        if scheme not in REGISTERS or not value or not feature:
            continue
        key = (scheme, value, feature.partition("/")[0])
        if fault := _fault(scheme, value, countries.get(feature), first.setdefault(key, feature), feature):
            yield Finding("F14", "identifiers.csv", row_of(line), "value", *fault)


def _fault(scheme: str, value: str, country: object, owner: str, feature: str) -> tuple[Message, Message] | None:
    """The fault of an identifier, and the remedy."""
    form = message("remedy.identifier", REGISTERS[scheme].example)
    if not REGISTERS[scheme].form.fullmatch(value):
        return message("finding.identifier.form", repr(value), message(f"fact.{scheme}")), form
    codes = country if isinstance(country, tuple) else (country,)
    known = {ALPHA2[code] for code in codes if code in ALPHA2}  # an unknown country is a fault of its own table
    if scheme == "locode" and known and value[:2] not in known:
        return message("finding.identifier.country", repr(value), feature), message("remedy.identifier.country")
    if owner != feature:
        return message("finding.identifier.twice", repr(value), owner), message("remedy.identifier.twice")
    return None
