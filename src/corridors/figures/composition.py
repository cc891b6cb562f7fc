"""The content of a map's page to a plate: the same title, statement, features, classes and names, in one language."""

from collections.abc import Mapping, Sequence
from typing import Any

from corridors.analysis.wording import amount
from corridors.locales import date, messages, number
from corridors.paper.field import Field
from corridors.paper.ground import Ground
from corridors.paper.legend import Entry, legend_blocks
from corridors.paper.marks import Row, Table
from corridors.paper.plate import Plate, Printed, print_plate
from corridors.paper.projection import Conic, Extent
from corridors.paper.selection import Content, Feature
from corridors.paper.sheet import Sheet

COMPARED, PLAYED = "corridors", "scenario"
"""Groups of the legend that a table stands for, and that is named after the scenario that is shown."""


def print_content(
    content: Content, features: Sequence[Feature], ground: Ground, sheet: Sheet, extent: Extent, year: int | None,
    *, whole: bool,
) -> Printed:  # fmt: skip
    """Draw features of a page's content.

    Parameters
    ----------
    content
        As web.content makes it.
    features
        Those of it that are drawn (see selection).
    ground
        The basemap.
    sheet
        What is drawn on.
    extent
        West, south, east, north in degrees.
    year
        The year that is shown, where one was asked for.
    whole
        Whether every corner of the extent has to be seen.
    """
    about, lang = content["map"], sheet.lang
    words = messages(lang)
    hollow = any(one["property"] == "electrified" for one in about["filters"])
    features = [one if hollow else {**one, "hollow": False} for one in features]
    table = _table(content, features, lang)
    title, statement = about["title"][lang], about["statement"][lang]
    said = words["sentence"].replace("{0}", title) + ("" if lang == "zh" else " ") + statement
    numbers = {row.entry.key: row.mark for row in table.rows} if table else {}
    plate = Plate(
        name=about["id"],
        title=title,
        statement=statement,
        alt=lambda told: words["paper.alt"].replace("{0}", said).replace("{1}", words["list.and"].join(told)),
        extent=extent,
        whole=whole,
        field=Field(features, content["classes"], content["basemap"]["labels"], numbers),
        legend=lambda seen: legend_blocks(_groups(about, table), content["classes"], seen, lang, hollow=hollow),
        table=table,
        notes=[*_assumed(content, features, lang), *_notes(about, extent, lang, year)],
    )
    return print_plate(plate, ground, sheet)


def _groups(about: Mapping[str, Any], table: Table | None) -> list[Mapping[str, Any]]:
    """The groups of the legend, but for what the table tells; what changes is called after its scenario."""
    groups = [group for group in about["groups"] if not (table and group["id"] == COMPARED)]
    return [{**group, "title": about["scenarios"][0]["title"]} if group["id"] == PLAYED else group for group in groups]


def _table(content: Content, features: Sequence[Feature], lang: str) -> Table | None:
    """The compared corridors that are drawn, each with its number, as a table and a part of the legend."""
    drawn = {one["id"]: one for one in features}
    rows = [row for row in content.get("comparison", {"rows": ()})["rows"] if row["id"] in drawn]
    if not rows:
        return None
    words = messages(lang)
    keys = ("compare.name", "compare.km", "compare.column.days", "compare.borders", "compare.column.breaks")
    return Table(
        [words[key] for key in keys],
        [
            Row(
                Entry(
                    row["id"],
                    drawn[row["id"]]["name"][lang],
                    content["classes"][drawn[row["id"]]["class"]],
                    {"status": drawn[row["id"]]["status"]},
                ),
                str(nth),
                [
                    number(row["km"], 0, lang),
                    number(row["days"], 1, lang),
                    number(row["borders"], 0, lang),
                    number(row["breaks"], 0, lang),
                ],
            )
            for nth, row in enumerate(rows, start=1)
        ],
    )


def _assumed(content: Content, features: Sequence[Feature], lang: str) -> list[str]:
    """What the days of a route or of corridors rest on, in one paragraph."""
    words = messages(lang)
    told = list(content["map"].get("summary", {}).get("assumed", ()))
    told += [fact for one in features for fact in one["facts"] if fact["label"] == "compare.assumed"]
    values = [f"{_assumption(one, lang)} {amount(one['value'], one['unit'], lang)}" for one in told if "value" in one]
    values += [one["text"] for one in told if "text" in one]
    return [words["paper.assumed"].replace("{0}", "; ".join(dict.fromkeys(values)))] if values else []


def _assumption(entry: Mapping[str, Any], lang: str) -> str:
    """What an assumption is about."""
    of = entry.get("of", {}).get(lang, "")
    if entry["label"] == "compare.assumed":
        return str(of)
    return messages(lang)[entry["label"]] + (f" ({of})" if of else "")


def _notes(about: Mapping[str, Any], extent: Extent, lang: str, year: int | None) -> list[str]:
    """The fine print: sources and day, projection, borders."""
    words = messages(lang)
    day = date(about["asOf"], lang)
    state = words["ui.as_of"].replace("{0}", day)
    if year is not None:
        state = words["paper.year"].replace("{0}", str(year)).replace("{1}", day)
    sources = words["paper.sources"].replace("{0}", about["credit"])
    conic = Conic.fitting(extent)

    def degrees(value: float, axis: str) -> str:
        return words[f"paper.{axis}"].replace("{0}", number(value, 0 if value == round(value) else 1, lang))

    projection = words["paper.projection"]
    told = [*(degrees(value, "north") for value in conic.parallels), degrees(conic.meridian, "east")]
    for place, text in enumerate(told):
        projection = projection.replace(f"{{{place}}}", text)
    return [sources + ("" if lang == "zh" else " ") + state, projection, words["ui.disclaimer"]]
