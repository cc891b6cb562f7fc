"""Trade facts to measures: totals, growth and shares by country and year, each with the row that it comes from."""

from collections.abc import Iterator

from corridors.data.facts import Facts
from corridors.data.tables import REGION, Row
from corridors.layers.countries import TRADE_YEAR, growth_percent, share_percent, trade_of, trade_year
from corridors.measures.caveats import Caveats
from corridors.measures.measure import Measure
from corridors.measures.series import MIRROR, limits

FIRST_YEAR = "2013"
BASES = ("reported", MIRROR)


def trade_measures(facts: Facts, as_of: str) -> Iterator[Measure]:
    """Measures of China's trade with the region and its countries.

    Reported and mirror figures count; figures of other bases stay in the table only. If sources differ, the first row
    is the one to quote, and the others have the id of their row. Methods say which figures are for a part of a year,
    and which are later than the atlas's date (ISO 8601).
    """
    seen: set[tuple[str, str, str]] = set()
    said = Caveats(facts)
    for row in facts.rows("trade"):
        if row["basis"] not in BASES or row["value"] is None or row["indicator"] not in NAMES:
            continue
        if row["bound"] == "more_than":  # a lower bound is not a value
            continue
        name = NAMES[row["indicator"]].format(unit=row["unit"])
        of = {"subject": row["subject"], "period": row["period"]}
        key = (name, row["subject"], row["period"])
        if key in seen or row["basis"] == MIRROR:  # other sources' figures are kept, with the id of their row
            of |= {"row": row["id"]}
        seen.add(key)
        method = f"As published by {row['reporter']}" if row["reporter"] else "As published"
        method += limits(row["period"], as_of)
        yield Measure(name, row["value"], row["unit"], of, method, tuple(sorted(row["source"])), said.of(row))
    yield from _growth(facts)
    yield from _countries(facts)


NAMES = {
    "trade_total": "trade_{unit}",
    "exports": "exports_{unit}",
    "imports": "imports_{unit}",
    "road_share": "road_share_percent",
    "china_share_of_region": "china_share_percent",
    "region_share_of_china": "region_share_percent",
}


def partner_row(facts: Facts, subject: str, year: str) -> Row | None:
    """The partner's own figure of its trade with China in a year, in billion US dollars."""
    return trade_of(facts, subject, year, MIRROR)


def _yuan(facts: Facts, period: str) -> Row | None:
    """China's trade with the region in billion yuan."""
    wanted = (REGION, "trade_total", "billion_cny", period)
    return next(
        (
            row
            for row in facts.rows("trade")
            if (row["subject"], row["indicator"], row["unit"], row["period"]) == wanted
        ),
        None,
    )


def _growth(facts: Facts) -> Iterator[Measure]:
    """Growth of the region's trade in yuan between the first and the last full year."""
    first, last = _yuan(facts, FIRST_YEAR), _yuan(facts, TRADE_YEAR)
    if first is None or last is None:
        return
    said = Caveats(facts).of(first, last)
    years = int(TRADE_YEAR) - int(FIRST_YEAR)
    factor = last["value"] / first["value"]
    of = {"subject": REGION, "period": f"{FIRST_YEAR}/{TRADE_YEAR}"}
    sources = _sources(first, last)
    method = f"{last['value']} over {first['value']} billion yuan, less one"
    value = growth_percent(last["value"], first["value"])
    yield Measure("trade_growth_percent", value, "percent", of, method, sources, said)
    method = f"The {years}th root of {last['value']} over {first['value']} billion yuan, less one; not every year rose"
    value = round(100 * (factor ** (1 / years) - 1), 2)
    yield Measure("trade_growth_yearly_percent", value, "percent", of, method, sources, said)


def _countries(facts: Facts) -> Iterator[Measure]:
    """Growth and share of each country in the last full year."""
    year = trade_year(facts)
    whole = trade_of(facts, REGION, year)
    said = Caveats(facts)
    for country in facts.rows("countries"):
        code = country["iso_a3"]
        now, before = trade_of(facts, code, year), trade_of(facts, code, str(int(year) - 1))
        if now is None:
            continue
        if whole is not None:
            value = share_percent(now["value"], whole["value"])
            method = "Of China's trade with the five countries, in US dollars"
            of = {"subject": code, "period": year}
            about = _sources(now, whole), said.of(now, whole)
            yield Measure("trade_share_percent", value, "percent", of, method, *about)
        if before is not None:
            value = growth_percent(now["value"], before["value"])
            of = {"subject": code, "period": f"{before['period']}/{year}"}
            about = _sources(now, before), said.of(now, before)
            yield Measure("trade_growth_percent", value, "percent", of, "In US dollars, year on year", *about)


def _sources(*rows: Row) -> tuple[str, ...]:
    """The sources of several rows, each once, sorted."""
    return tuple(sorted({source for row in rows for source in row["source"]}))
