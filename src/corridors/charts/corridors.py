"""Corridors side by side, and the effects of scenarios, as charts."""

from collections import defaultdict
from collections.abc import Mapping

from corridors.charts.board import NOTE, Board
from corridors.charts.sources import source_line
from corridors.content.context import Context
from corridors.content.style import BLUE, GREY, ORANGE, SEA
from corridors.figures.sheet import Drawing
from corridors.locales import counted, messages
from corridors.network.corridors import Corridor
from corridors.network.scenario_result import CHANGES, PairChange, ScenarioResult

MOST_PAIRS = 4
"""How many pairs of a scenario are drawn: those that change most."""

WAYS: Mapping[str, tuple[str, str]] = {
    "1435": (BLUE, "class.rail.1435"),
    "1520": (ORANGE, "class.rail.1520"),
    "road": (GREY, "mode.road"),
    "sea": (SEA, "mode.sea"),
}
"""The kinds of kilometres of a corridor: colour and message."""

COUNTS = ("days", "borders", "gauge_breaks")
HEADS = {"days": "chart.corridors.days", "borders": "compare.borders", "gauge_breaks": "compare.breaks"}
LABEL_PART, COUNT_PART = 0.27, 0.12
"""Shares of the width for the labels, and for each column of days, borders and breaks of gauge."""

NAMES_PART = 0.3
"""The share of the width that the names of pairs take."""

LEAST_SHARE = 0.01
"""A smaller part of a corridor would not be visible in its bar."""


def corridors_compared(context: Context, board: Board) -> Drawing:
    """Each corridor: kilometres by gauge or mode, estimated days, borders, breaks of gauge."""
    facts, measures = context.facts, context.measures
    declared = facts.by_id("corridors")
    lang = board.sheet.lang
    corridors = context.comparison.corridors
    names = {one.id: declared[one.id].get(f"name_{lang}") or declared[one.id]["name_en"] for one in corridors}
    value = {
        (one.id, name): measures.get(name, corridor=one.id).value
        for one in corridors
        for name in ("length_km", *COUNTS)
    }
    longest = max(value[one.id, "length_km"] for one in corridors)
    first, second = sorted(corridors, key=lambda one: -value[one.id, "days"])[:2]
    said = [
        words for one in (second, first) for words in (names[one.id], board.quantity(value[one.id, "days"], "days", 1))
    ]
    title, about = board.t("chart.corridors.title", *said), board.t("chart.corridors.about")
    board.head(title, about)
    ways = {one.id: _ways(one) for one in corridors}
    used = [name for name in WAYS if any(way[name] > LEAST_SHARE * sum(way.values()) for way in ways.values())]
    board.legend([(board.t(WAYS[name][1]), board.color(WAYS[name][0]), "solid") for name in used])

    label = 0.0 if board.narrow else board.wide * LABEL_PART
    bars = board.left + label + (0 if board.narrow else board.mm(2))
    room = board.width_of(board.quantity(longest, "km")) + board.mm(2)
    heads = {name: board.t(HEADS[name]) for name in COUNTS}
    columns = {
        name: max(board.wide * COUNT_PART, board.longest_piece(heads[name], NOTE) + board.mm(1.5)) for name in COUNTS
    }
    starts = [board.right - sum(list(columns.values())[nth:]) for nth in range(len(COUNTS))]
    length = starts[0] - board.mm(4) - room - bars
    tops = {name: board.wrap(heads[name], columns[name] - board.mm(1), NOTE) for name in COUNTS}
    rows = max(len(lines) for lines in tops.values())
    middle = board.y + rows * board.pitch(NOTE) / 2
    board.text(bars, middle, board.t("compare.km"), size=NOTE, color=board.colors.quiet)
    for x, name in zip(starts, COUNTS, strict=True):
        board.lines(x, middle, tops[name], size=NOTE, color=board.colors.quiet)
    board.y += rows * board.pitch(NOTE) + board.mm(1)
    for one in corridors:
        board.rule((board.left, board.y), (board.right, board.y), color=board.colors.grid)
        board.y += board.mm(1.5)
        if board.narrow:
            board.paragraph(names[one.id])
        height = board.body(6)
        centre = board.y + height / 2
        if not board.narrow:
            board.lines(board.left, centre, board.wrap(names[one.id], label))
        x = bars
        for name in used:
            part = ways[one.id][name] * length / longest
            board.bar(x, board.y + height * 0.15, part, height * 0.7, board.color(WAYS[name][0]))
            x += part
        board.text(x + board.mm(1.5), centre, board.quantity(value[one.id, "length_km"], "km"))
        for x, name in zip(starts, COUNTS, strict=True):
            _count(board, x, centre, value[one.id, name], days=name == "days")
        board.y += height + board.mm(1.5)
    sources = [source for one in corridors for source in declared[one.id]["source"]]
    board.foot(board.t("chart.corridors.note"), source_line(board, facts, sources))
    values = [
        board.t(
            "chart.pair",
            names[one.id],
            board.listed(
                board.quantity(value[one.id, "length_km"], "km"),
                *(board.t("chart.pair", heads[name], _written(board, value[one.id, name])) for name in COUNTS),
            ),
        )
        for one in corridors
    ]
    return board.finish("corridors-compared", title, about, values)


def _ways(corridor: Corridor) -> dict[str, float]:
    """Kilometres of a corridor by gauge on rails, else by mode."""
    found: dict[str, float] = defaultdict(float)
    for leg in corridor.route.legs:
        found[str(leg.gauge_mm) if leg.mode == "rail" else leg.mode] += leg.length_km
    return found


def _written(board: Board, value: float) -> str:
    """Days with one decimal, counts without."""
    return board.number(value, 1 if isinstance(value, float) else 0)


def _count(board: Board, x: float, y: float, value: float, *, days: bool) -> None:
    """A number with as many dots; days have only the number."""
    words = _written(board, value)
    board.text(x, y, words, bold=True)
    if days or board.narrow:
        return
    for nth in range(int(value)):
        board.dot(x + board.mm(4.5) + nth * board.mm(2.4), y, board.colors.bar)


def scenario_gains(context: Context, board: Board) -> Drawing:
    """For each declared scenario, the pairs of places that change most: kilometres before and after."""
    results = context.declared.results
    lang = board.sheet.lang
    titles = {name: entry.title[lang] for name, entry in context.declared.entries.items()}
    better = [(result, pair) for result in results for pair in result.changed()[:1] if pair.effect == "better"]
    title, about = board.t("chart.scenarios.title.none"), board.t("chart.scenarios.about")
    if better:
        result, pair = max(better, key=lambda one: one[1].saved_km or 0.0)
        saved = board.quantity(pair.saved_km or 0.0, "km")
        title = board.t("chart.scenarios.title", titles[result.name], _pair_name(context, pair, lang), saved)
    board.head(title, about)
    quiet = board.colors.quiet
    board.legend_of_dots([("chart.scenarios.before", quiet, True), ("chart.scenarios.after", quiet, False)])
    shown = {result.name: result.changed()[:MOST_PAIRS] for result in results}
    drawn = [pair for pairs in shown.values() for pair in pairs]
    longest = max((max(pair.before_km or 0.0, pair.after_km or 0.0) for pair in drawn), default=1.0)
    room = max((board.width_of(_change(board, pair)) for pair in drawn), default=0.0) + board.mm(4)
    left = board.left + (0 if board.narrow else board.wide * NAMES_PART) + board.mm(2)
    scale = (board.right - room - left) / longest
    values = []
    for result in results:
        board.y += board.mm(2)
        board.paragraph(titles[result.name], bold=True)
        summary = _summary(result, lang)
        board.paragraph(summary, size=NOTE, color=quiet)
        board.y += board.mm(1)
        for pair in shown[result.name]:
            _draw_pair(board, pair, _pair_name(context, pair, lang), (left, left + longest * scale), scale)
        values.append(board.t("chart.pair", titles[result.name], summary).rstrip(".。"))
    board.axis(left, longest, scale)
    sources = [s for one in context.measures if one.name == "scenario_pairs" for s in one.sources]
    board.foot(board.t("scenario.assumed"), source_line(board, context.facts, sources))
    return board.finish("scenario-gains", title, about, values)


def _pair_name(context: Context, pair: PairChange, lang: str) -> str:
    """Both places, as the facts name them in a language."""
    ends = ((pair.start_id, pair.start), (pair.end_id, pair.end))
    return " – ".join(context.names.get(feature, {}).get(lang, name) for feature, name in ends)


def _summary(result: ScenarioResult, lang: str) -> str:
    """How many pairs change, in one sentence."""
    totals = result.totals
    counts = [counted(f"scenario.count.{effect}", totals[effect], lang) for effect in CHANGES if totals[effect]]
    words = messages(lang)
    changes = words["list.and"].join(counts) or words["scenario.count.none"]
    return counted("scenario.counts", totals["pairs"], lang, changes)


def _draw_pair(board: Board, pair: PairChange, name: str, edges: tuple[float, float], scale: float) -> None:
    """Draw a pair: hollow for its route before, filled for its route after, and the difference."""
    gain = pair.effect in {"better", "joined"}
    color = board.colors.gain if gain else board.colors.loss
    if board.narrow:
        board.paragraph(name)
    (left, right), height = edges, board.body(4.6)
    y = board.y + height / 2
    if not board.narrow:
        board.lines(board.left, y, board.wrap(name, board.wide * NAMES_PART))
    board.rule((left, y), (right, y), color=board.colors.grid)
    ends = [left + km * scale for km in (pair.before_km, pair.after_km) if km is not None]
    board.rule((ends[0], y), (ends[-1], y), color=color, width=1.6)
    if pair.before_km is not None:
        board.dot(ends[0], y, color, hollow=True)
    if pair.after_km is not None:
        board.dot(ends[-1], y, color)
    board.text(board.right, y, _change(board, pair), color=color, align="right")
    board.y += height


def _change(board: Board, pair: PairChange) -> str:
    """The change of a pair in kilometres, or that it is new or cut."""
    if pair.saved_km is None:
        known = pair.after_km if pair.after_km is not None else pair.before_km
        key = "new" if pair.after_km is not None else "cut"
        return board.listed(board.t(f"chart.scenarios.{key}"), board.quantity(known or 0.0, "km"))
    sign = "\u2212" if pair.saved_km > 0 else "+"
    return sign + board.quantity(abs(pair.saved_km), "km")
