"""Claims about routes, checked against the network: what an opened line saves, and which cities trains pass."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corridors.claims.context import ClaimContext, refuse
from corridors.claims.events import IN_TOWN_KM
from corridors.claims.evidence import Evidence, Fit, Part, half_up, whole
from corridors.claims.figures import LENGTH_TOLERANCE, absent
from corridors.claims.wayfinder import Pair
from corridors.data.checks import Check
from corridors.data.folding import short_name
from corridors.data.tables import Row
from corridors.errors import InputError, UsageError
from corridors.locales import message, messages, number
from corridors.locales.wording import amount, listed, say
from corridors.network.route import Route
from corridors.network.routing import LONGEST
from corridors.network.scenario_result import PairChange

HOURS = {"hours": 1.0, "days": 24.0}
"""Units of time of a stated saving, in hours. Any other unit is kilometres."""

DIGITS = {"days": 1}
RANGE_SIGN = "/"
"""Separates both ends of a range, as in a period."""


# --- what a line saves ------------------------------------------------------------------------------------------------


def saving(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """What the best route of each pair of places saves when a line opens, checked against the stated saving.

    A pair supports the statement if its saving is within 12 % of it. Hours are assumptions without a source that can be
    cited, so hours never contradict a text.
    """
    line, *words = check.words
    pairs = _pairs(words, claim, context)
    low, high, unit = _stated_range(check, claim)
    by = "time" if unit in HOURS else "distance"
    try:
        changes = context.ways.saved(line, pairs, "time" if unit in HOURS else "distance")
    except UsageError as error:
        raise InputError(message("error.claim.check", claim["id"], error.message)) from error
    saved = [km for change in changes if (km := _saved(change, unit)) is not None]
    if not saved:
        return absent(check, claim, context)
    digits = DIGITS.get(unit, 0)
    fit = fit_saving(low, high, saved, above=check.above)
    bearing = sum(_bears(low, high, one, above=check.above) for one in saved)
    stated = _ends(low, high)
    text = _range(low, high, unit, context, None)
    sources = context.ways.sources(edge for change in changes for edge in (*change.before_edges, *change.after_edges))
    said = (_line_name(line, context), amount(100 * LENGTH_TOLERANCE, "percent", context.language))
    count = number(len(saved), 0, context.language)
    return Evidence(
        fit, say(context.language, f"claim.method.saving_{by}", *said),
        stated, say(context.language, "number.more_than", text) if check.above else text,
        _ends(min(saved), max(saved)), _range(min(saved), max(saved), unit, context, digits),
        witnessed=by == "distance" and bool(context.witnesses(sources, claim)), sources=sources,
        notes=(say(context.language, "claim.note.pairs", number(bearing, 0, context.language), count),),
        parts=tuple(_change_part(change, unit, context) for change in changes),
    )  # fmt: skip


def fit_saving(low: float, high: float, saved: Sequence[float], *, above: bool = False) -> Fit:
    """How the savings of pairs fit a stated range: every pair supports it, some do, or none does."""
    bearing = [_bears(low, high, one, above=above) for one in saved]
    return "equal" if all(bearing) and not above else "compatible" if any(bearing) else "contrary"


def _bears(low: float, high: float, saved: float, *, above: bool) -> bool:
    """Whether the saving of a pair is within the tolerance of a stated range, or above a stated bound."""
    if above:
        return saved > low
    return half_up(low * (1 - LENGTH_TOLERANCE), 6) <= saved <= half_up(high * (1 + LENGTH_TOLERANCE), 6)


def _stated_range(check: Check, claim: Row) -> tuple[float, float, str]:
    """Both ends of the stated range, and the unit. Both ends are equal if the text states one number."""
    text = check.stated or claim["value"] or ""
    low, _, high = text.partition(RANGE_SIGN)
    try:
        ends = float(low), float(high or low)
    except ValueError:
        refuse(claim, "value", message("finding.no_number", repr(text)), message("remedy.state.range"))
    return *ends, check.unit or claim["unit"] or "km"


def _ends(low: float, high: float) -> float | str:
    """A range as a plain value: one number if both ends are equal."""
    return whole(low) if low == high else f"{whole(low)}{RANGE_SIGN}{whole(high)}"


def _range(low: float, high: float, unit: str, context: ClaimContext, digits: int | None) -> str:
    """A range in words."""
    last = amount(high, unit, context.language, digits=digits)
    if low == high:
        return last
    first = amount(low, "", context.language, digits=digits if low else 0)
    return say(context.language, "claim.range", first, last)


def _in_unit(km: float | None, hours: float | None, unit: str) -> float | None:
    """Kilometres or hours, converted to a unit."""
    if unit not in HOURS:
        return km
    return None if hours is None else half_up(hours / HOURS[unit], 2)


def _saved(change: PairChange, unit: str) -> float | None:
    """The saving of a pair, in a unit; None if there is no route before or after."""
    return _in_unit(change.saved_km, change.saved_hours, unit)


def _change_part(change: PairChange, unit: str, context: ClaimContext) -> Part:
    """A pair with its routes without and with the line, in words."""
    before, after = (
        _in_unit(km, hours, unit)
        for km, hours in ((change.before_km, change.before_hours), (change.after_km, change.after_hours))
    )
    saved = _saved(change, unit)
    digits = DIGITS.get(unit, 0)
    if before is None or after is None or saved is None:
        text = say(context.language, "claim.part.none")
    elif saved == 0:
        text = say(context.language, "claim.part.same", amount(before, unit, context.language, digits=digits))
    else:
        parts = (amount(value, unit, context.language, digits=digits) for value in (before, after, saved))
        text = say(context.language, "claim.part.saving", *parts)
    return Part(_between((change.start_id, change.end_id), context), text, change.as_dict())


def _line_name(line: str, context: ClaimContext) -> str:
    """The name of a line, or of the corridor that a railway belongs to."""
    found = context.record(line) or context.record(f"rail/{line}") or context.facts.by_id("corridors").get(line)
    return context.name(found) if found else line


# --- which cities trains pass -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Looked:
    """A route that was looked at: its label in words, its corridor's id or None, and whether it counts."""

    label: str
    way: Route
    corridor: str | None
    counts: bool


def through(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """Whether the routes by rail and sea between pairs of places pass some cities.

    The routes are the atlas's corridors between exactly these places, and for each pair the shortest route and
    alternatives. If every route passes every city, the facts give what is stated. If some route passes each city, the
    facts allow it. If no route passes some city, the facts contradict it. Corridors between other places are shown but
    not counted.
    """
    cities = check.words[0].split("|")
    pairs = _pairs(check.words[1:], claim, context)
    _hold_places(cities, claim, context)
    ways = [*_corridors(pairs, context), *_shortest(pairs, context)]
    counted = [looked.way for looked in ways if looked.counts]
    if not counted:
        return absent(check, claim, context)
    passing = {city: sum(_away(way, city, context) <= IN_TOWN_KM for way in counted) for city in cities}
    sources = tuple(sorted({source for looked in ways for source in looked.way.sources}))
    names = [_name(city, context) for city in cities]
    total = number(len(counted), 0, context.language)
    passed = messages(context.language)["list.semicolon"].join(
        say(context.language, "claim.through", name, number(count, 0, context.language), total)
        for name, count in zip(names, passing.values(), strict=True)
    )
    ends = listed([_between(pair, context) for pair in pairs], context.language)
    longer = amount(100 * (LONGEST - 1), "percent", context.language, digits=0)
    near = amount(IN_TOWN_KM, "km", context.language, digits=0)
    return Evidence(
        fit_passing(list(passing.values()), len(counted)),
        say(context.language, "claim.method.through", ends, longer, near),
        ";".join(cities), listed(names, context.language),
        ";".join(city for city, count in passing.items() if count), passed,
        witnessed=bool(context.witnesses(sources, claim)), sources=sources,
        notes=(say(context.language, "claim.note.services"),),
        parts=tuple(_way_part(looked, cities, context) for looked in ways),
    )  # fmt: skip


def fit_passing(passing: Sequence[int], ways: int) -> Fit:
    """How well routes fit the statement that they pass cities, given how many routes pass each city."""
    return "contrary" if not all(passing) else "equal" if min(passing) == ways else "compatible"


def _corridors(pairs: Sequence[Pair], context: ClaimContext) -> Iterator[Looked]:
    """The corridors that run by rail. A corridor counts if it joins one of the pairs."""
    declared = context.facts.by_id("corridors")
    for name, way in context.ways.corridors().items():
        if "rail" in declared[name]["modes"]:
            counts = (way.start_id, way.end_id) in pairs
            ends = _between((way.start_id, way.end_id), context)
            key = "claim.part.corridor" if counts else "claim.part.beside"
            label = say(context.language, key, context.name(declared[name]), ends)
            yield Looked(label, way, name, counts)


def _shortest(pairs: Sequence[Pair], context: ClaimContext) -> Iterator[Looked]:
    """The shortest route of each pair and alternatives, with their length."""
    for pair in pairs:
        for nth, way in enumerate(context.ways.ways(pair)):
            key = "claim.part.shortest" if nth == 0 else "claim.part.other"
            km = amount(way.length_km, "km", context.language, digits=0)
            label = say(context.language, key, _between(pair, context), km)
            yield Looked(label, way, None, counts=True)


def _away(way: Route, city: str, context: ClaimContext) -> float:
    """Kilometres from a city's centre to the nearest station of a route."""
    return context.ways.nearest_km(city, way.edges)


def _way_part(looked: Looked, cities: Sequence[str], context: ClaimContext) -> Part:
    """A route with its distance from each city, in words."""
    way = looked.way
    parts: list[str] = []
    near: dict[str, float] = {}
    for city in cities:
        near[city] = half_up(_away(way, city, context), 1)
        key = "claim.part.passes" if near[city] <= IN_TOWN_KM else "claim.part.past"
        km = amount(near[city], "km", context.language, digits=0)
        parts.append(say(context.language, key, _name(city, context), km))
    plain = {
        "corridor": looked.corridor,
        "from": way.start_id,
        "to": way.end_id,
        "length_km": way.length_km,
        "counted": looked.counts,
        "nearest_station_km": near,
    }
    return Part(looked.label, messages(context.language)["list.semicolon"].join(parts), plain)


# --- places -----------------------------------------------------------------------------------------------------------


def _pairs(words: Sequence[str], claim: Row, context: ClaimContext) -> list[Pair]:
    """Pairs of places, read from ``FROM>TO``."""
    pairs = [(start, end) for start, _, end in (word.partition(">") for word in words)]
    _hold_places([end for pair in pairs for end in pair], claim, context)
    return pairs


def _hold_places(features: Sequence[str], claim: Row, context: ClaimContext) -> None:
    """Refuse the id of a place that the network does not have."""
    for feature in features:
        if context.ways.place(feature) is None:
            refuse(claim, "check", message("finding.no_place", repr(feature)), message("remedy.place.id"))


def _name(feature: str, context: ClaimContext) -> str:
    """The name of a place, without its part in brackets."""
    record = context.record(feature)
    return short_name(context.name(record)) if record else feature


def _between(pair: Pair, context: ClaimContext) -> str:
    """Two places as a pair."""
    return "–".join(_name(end, context) for end in pair)
