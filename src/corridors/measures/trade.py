"""Trade facts to measures: totals, growth, shares, by country and year, each with the row that it comes from."""

from collections.abc import Iterator, Sequence

from corridors.analysis.measure import Measure
from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.layers.countries import TRADE_YEAR, trade_of

REGION = "central-asia"
FIRST_YEAR = "2013"
BASES = ("reported", "mirror")


def trade_measures(facts: Facts) -> Iterator[Measure]:
    """Measures of China's trade with the region and its countries.

    Reported and mirror figures count; figures from memory stay in the table. Where sources differ, the row that stands
    first is the one to quote, and the others carry the id of their row.
    """
    seen: set[tuple[str, str, str]] = set()
    for row in facts.rows("trade"):
        if row["basis"] not in BASES or row["value"] is None or row["indicator"] not in NAMES:
            continue
        if row["bound"] == "more_than":  # a bound is no value to count with
            continue
        name = NAMES[row["indicator"]].format(unit=row["unit"])
        of = {"subject": row["subject"], "period": row["period"]}
        key = (name, row["subject"], row["period"])
        if key in seen or row["basis"] == "mirror":  # another source's figure stands beside the first, named by its row
            of |= {"row": row["id"]}
        seen.add(key)
        method = f"As published by {row['reporter']}" if row["reporter"] else "As published"
        yield Measure(name, row["value"], row["unit"], of, method, tuple(sorted(row["source"])))
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
    years = int(TRADE_YEAR) - int(FIRST_YEAR)
    factor = last["value"] / first["value"]
    of = {"subject": REGION, "period": f"{FIRST_YEAR}/{TRADE_YEAR}"}
    sources = _sources(first, last)
    method = f"{last['value']} over {first['value']} billion yuan, less one"
    yield Measure("trade_growth_percent", round(100 * (factor - 1), 1), "percent", of, method, sources)
    method = f"The {years}th root of {last['value']} over {first['value']} billion yuan, less one; not every year rose"
    value = round(100 * (factor ** (1 / years) - 1), 2)
    yield Measure("trade_growth_yearly_percent", value, "percent", of, method, sources)


def _countries(facts: Facts) -> Iterator[Measure]:
    """Growth and share of each country in the last full year."""
    whole = trade_of(facts, REGION, TRADE_YEAR)
    for country in facts.rows("countries"):
        code = country["iso_a3"]
        now, before = trade_of(facts, code, TRADE_YEAR), trade_of(facts, code, str(int(TRADE_YEAR) - 1))
        if now is None:
            continue
        if whole is not None:
            value = round(100 * now["value"] / whole["value"], 1)
            method = "Of China's trade with the five countries, in US dollars"
            of = {"subject": code, "period": TRADE_YEAR}
            yield Measure("trade_share_percent", value, "percent", of, method, _sources(now, whole))
        if before is not None:
            value = round(100 * (now["value"] / before["value"] - 1), 1)
            of = {"subject": code, "period": f"{before['period']}/{TRADE_YEAR}"}
            yield Measure(
                "trade_growth_percent", value, "percent", of, "In US dollars, year on year", _sources(now, before)
            )


def _sources(*rows: Row) -> tuple[str, ...]:
    """The sources of several rows, each once, sorted."""
    return tuple(sorted({source for row in rows for source in row["source"]}))


def series(rows: Sequence[Row]) -> tuple[list[tuple[str, float, str]], list[Row]]:
    """Rows of one series as points (period, value, confidence) in the order of time, and the rows that differ.

    Where several sources state a figure of one period, the row that stands first in the table is the point.
    """
    first: dict[str, Row] = {}
    others = []
    for row in rows:
        if row["value"] is None:
            continue
        if first.setdefault(row["period"], row) is not row:
            others.append(row)
    return [(period, row["value"], row["confidence"]) for period, row in sorted(first.items())], others
