"""The content of a map's page to print: the same title, statement, features, classes and names, in one language."""

from collections import Counter
from collections.abc import Sequence

from corridors.content.basemap import Basemap
from corridors.content.page_types import AboutMap, Content, Entry, Feature, Group
from corridors.figures.badges import Row, Table
from corridors.figures.citing import producer_line
from corridors.figures.legend import Entry as LegendEntry
from corridors.figures.legend import legend_blocks
from corridors.figures.map_frame import MapFrame
from corridors.figures.page_layout import PageContent, Printed, print_page
from corridors.figures.projection import Conic, Extent
from corridors.figures.sheet import Sheet
from corridors.locales import date, messages, number
from corridors.locales.wording import amount, say

COMPARED, PLAYED = "corridors", "scenario"
"""Groups of the legend that a table replaces, and the group with the name of the shown scenario."""


def print_content(
    content: Content, features: Sequence[Feature], basemap: Basemap, sheet: Sheet, extent: Extent, year: int | None,
    *, whole: bool,
) -> Printed:  # fmt: skip
    """Draw features of a page's content.

    Parameters
    ----------
    content
        The result of ``content``.
    features
        The features of it that are drawn (see selection).
    basemap
        The lowest layers of the map.
    sheet
        The sheet.
    extent
        West, south, east, north in degrees (EPSG:4326).
    year
        The year that is shown, if one was requested.
    whole
        Whether every corner of the extent must be visible.
    """
    about, lang = content["map"], sheet.lang
    words = messages(lang)
    # It is not known which lines were electrified in another year.
    now = year is None or year == int(about["asOf"][:4])
    hollow = now and any(one.get("drawn") for one in about["filters"])
    features = [one if hollow else {**one, "hollow": False} for one in features]
    table = _table(content, features, lang)
    title, statement = about["title"][lang], about["statement"][lang]
    said = ("" if lang == "zh" else " ").join(filter(None, [words["sentence"].replace("{0}", title), statement]))
    numbers = {row.entry.key: row.mark for row in table.rows} if table else {}
    page = PageContent(
        name=about["id"],
        title=title,
        statement=statement,
        alt=lambda shown: words["paper.alt"].replace("{0}", said).replace("{1}", words["list.and"].join(shown)),
        extent=extent,
        whole=whole,
        map_frame=MapFrame(features, content["classes"], content["basemap"].labels, numbers),
        legend=lambda seen: legend_blocks(_groups(about, table), content["classes"], seen, lang, hollow=hollow),
        table=table,
        notes=[
            *_assumed(content, features, lang),
            *_cited(content, lang),
            *_notes(about, extent, lang, year, features),
        ],
    )
    return print_page(page, basemap, sheet)


def _groups(about: AboutMap, table: Table | None) -> list[Group]:
    """The groups of the legend without those in the table. The group of changes has the name of its scenario."""
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
                LegendEntry(
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
    """The assumptions behind the days of a route or of corridors, in one paragraph."""
    words = messages(lang)
    items = list(content["map"].get("summary", {}).get("assumed", ()))
    items += [fact for one in features for fact in one["facts"] if fact["label"] == "compare.assumed"]
    values = [f"{_assumption(one, lang)} {amount(one['value'], one['unit'], lang)}" for one in items if "value" in one]
    values += [one["text"] or "" for one in items if "text" in one]
    return [words["paper.assumed"].replace("{0}", "; ".join(dict.fromkeys(values)))] if values else []


def _assumption(entry: Entry, lang: str) -> str:
    """The name of an assumption."""
    of = entry.get("of", {}).get(lang, "")
    if entry["label"] == "compare.assumed":
        return str(of)
    return messages(lang)[entry["label"]] + (f" ({of})" if of else "")


def _cited(content: Content, lang: str) -> list[str]:
    """The numbers of the statement, each with the producers of its own sources, in one paragraph."""
    about, ids = content["map"], list(content["sources"])
    times = Counter(source for one in content["features"] for source in one["sources"][: one.get("own")])
    text, quoted = about["statement"][lang], about.get("quoted", {"grounds": ()})
    quotes: dict[int, list[str]] = {}
    for start, end, ground in quoted.get(lang, ()):
        quotes.setdefault(ground, []).append(text[start:end])
    said = [
        say(
            lang,
            "paper.number",
            "; ".join(numbers),
            producer_line(sources, content["sources"], lang),
        )
        for ground, numbers in quotes.items()
        for sources in [[ids[place] for place in quoted["grounds"][ground] for _ in range(times[ids[place]] or 1)]]
    ]
    return [say(lang, "paper.numbers", "; ".join(said))] if said else []


def _notes(about: AboutMap, extent: Extent, lang: str, year: int | None, features: Sequence[Feature]) -> list[str]:
    """The fine print: sources and date, projection, borders."""
    words = messages(lang)
    day = date(about["asOf"], lang)
    state = words["ui.as_of"].replace("{0}", day)
    if year is not None:
        state = say(lang, "paper.year", str(year), day)
        undated = sum(one.get("undated", False) for one in features)
        if undated and year < int(about["asOf"][:4]):
            state += ("" if lang == "zh" else " ") + say(lang, "paper.undated", number(undated, 0, lang))
    sources = words["paper.sources"].replace("{0}", about["credit"])
    conic = Conic.fitting(extent)

    def degrees(value: float, axis: str) -> str:
        return words[f"paper.{axis}"].replace("{0}", number(value, 0 if value == round(value) else 1, lang))

    projection = words["paper.projection"]
    values = [*(degrees(value, "north") for value in conic.parallels), degrees(conic.meridian, "east")]
    for place, text in enumerate(values):
        projection = projection.replace(f"{{{place}}}", text)
    return [sources + ("" if lang == "zh" else " ") + state, projection, words["ui.disclaimer"]]
