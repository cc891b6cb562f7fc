"""Claims about events, places and features, checked against the layers: where they are and since when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from corridors.claims.context import ClaimContext, refuse, since, sources_of_record, stated_by, values_in
from corridors.claims.evidence import Evidence, Fit, Other, fit_date, fit_number
from corridors.claims.figures import absent
from corridors.data.checks import Check
from corridors.data.periods import span
from corridors.data.tables import NAMED, Record, Row
from corridors.geo.geodesy import distance_km
from corridors.locales import message, messages
from corridors.locales.wording import amount, day, listed, say

IN_TOWN_KM = 30.0
"""An event within this many kilometres of a city's centre is in that city."""


def venue(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The city where an event took place, checked against the stated one."""
    events = [
        event
        for event in context.records("places").values()
        if event["kind"] == check.words[0] and since(event) and _overlap(str(event["date"]), claim["period"])
    ]
    stated = check.stated or claim["value"]
    wanted = next((city for city in context.records("cities").values() if _is_called(city, stated)), None)
    event = next((one for one in events if f"places/{one['id']}" == claim["place"]), events[0] if events else None)
    found = _city_at(event, context) if event else None
    if event is None or wanted is None or found is None:
        return absent(check, claim, context)
    said = context.name(found)
    fit: Fit = "equal" if found["id"] == wanted["id"] else "contrary"
    witnesses = context.witnesses(sources_of_record(event), claim)
    others = (Other(found["name_en"], "", said, context.producers(witnesses), witnesses),) if fit == "contrary" else ()
    when = day(str(event["date"]), context.language)
    return Evidence(
        fit, say(context.language, "claim.method.venue", context.name(event), when, said),
        wanted["name_en"], context.name(wanted), found["name_en"], said,
        witnessed=bool(witnesses), sources=sources_of_record(event), others=others if witnesses else (),
    )  # fmt: skip


def _is_called(city: Record, name: str | None) -> bool:
    """Whether a city has that id, or that name in any language."""
    names = [city["id"], *(city.get(f"name_{key}") for key in NAMED)]
    return name is not None and name.casefold() in {str(one).casefold() for one in names if one}


def _city_at(event: Record, context: ClaimContext) -> Record | None:
    """The city of an event: the nearest one, if it is near enough."""
    places = context.layers["places"].set_index("id").geometry
    cities = context.layers["cities"]
    here = places[event["id"]]
    lon, lat = cities.geometry.x.to_numpy(), cities.geometry.y.to_numpy()
    away = distance_km(np.full(len(lon), here.x), np.full(len(lat), here.y), lon, lat)
    nearest = int(away.argmin())
    return context.records("cities")[cities["id"].iloc[nearest]] if away[nearest] <= IN_TOWN_KM else None


def _overlap(one: str, other: str | None) -> bool:
    """Whether two periods have a day in common."""
    if other is None:
        return False
    (start, end), (other_start, other_end) = span(one), span(other)
    return start <= other_end and other_start <= end


def date(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The date of a feature, checked against the stated one."""
    feature = context.record(check.words[0])
    found = since(feature) if feature else None
    if feature is None or found is None:
        return absent(check, claim, context)
    found = str(feature.get("date") or found)
    stated = check.stated or claim["value"]
    if not stated:
        refuse(claim, "value", message("finding.no_date"), message("remedy.state", "is DATE"))
    fit, note = fit_date(stated, found)
    said = day(found, context.language)
    return Evidence(
        fit, say(context.language, "claim.method.date", context.name(feature), said),
        stated, day(stated, context.language), found, said,
        witnessed=bool(context.witnesses(sources_of_record(feature), claim)), sources=sources_of_record(feature),
        notes=(say(context.language, note),) if note else (),
    )  # fmt: skip


def row(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """A feature's columns, checked against the stated values. The feature must exist by the claim's period."""
    feature = context.record(check.words[0])
    if feature is None:
        return absent(check, claim, context)
    holds, said, given, plain = True, [], [], []
    for column, wanted in check.where:
        _hold_column(feature, column, claim)
        values = values_in(feature, column)
        kept = [one for one in values if one in wanted]
        holds = holds and bool(kept)
        said.append(context.word(column, wanted[0]))
        plain.append(kept[0] if kept else ";".join(values))
        given.append(listed([context.word(column, one) for one in kept[:1] or values], context.language) or "–")
    start = since(feature)
    late = start is not None and claim["period"] is not None and span(start)[0] > span(claim["period"])[1]
    text = " – ".join(given)
    if start:
        text = say(context.language, "claim.since", text, day(start.partition("/")[0], context.language))
    witnesses = context.witnesses(sources_of_record(feature), claim)
    fit: Fit = "equal" if holds and not late else "contrary"
    found = ";".join(plain)
    other = Other(found, "", text, context.producers(witnesses), witnesses)
    return Evidence(
        fit, say(context.language, "claim.method.row", context.name(feature), text),
        ";".join(wanted[0] for _, wanted in check.where), " – ".join(said), found, text,
        witnessed=bool(witnesses), sources=sources_of_record(feature),
        others=(other,) if witnesses and fit == "contrary" else (),
    )  # fmt: skip


def after(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """Whether one feature is later than another, as an effect is later than its cause."""
    pair = [context.record(word) for word in check.words]
    dates = [since(feature) if feature else None for feature in pair]
    effect, cause = pair
    if effect is None or cause is None or dates[0] is None or dates[1] is None:
        return absent(check, claim, context)
    said = [day(one.partition("/")[0], context.language) for one in dates if one]
    parts = [context.name(effect), said[0], context.name(cause), said[1]]
    sources = (*sources_of_record(effect), *sources_of_record(cause))
    in_order = dates[0] > dates[1]
    return Evidence(
        "compatible" if in_order else "contrary", say(context.language, "claim.method.after", *parts),
        found=dates[0], found_text=said[0],
        witnessed=bool(context.witnesses(sources, claim)), sources=tuple(sorted(set(sources))),
        notes=(say(context.language, "claim.note.order"),) if in_order else (),
    )  # fmt: skip


def opened(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """How many features of each layer opened in the claim's period."""
    found: dict[str, list[Record]] = {}
    for layer in check.words:
        _hold_layer(layer, context, claim)
        found[layer] = [
            feature
            for feature in context.records(layer).values()
            if feature.get("opened") and feature["status"] == "operational"
            if _overlap(feature["opened"], claim["period"])
        ]
    words = messages(context.language)
    counts = [f"{words[f'layer.{layer}']} {len(features)}" for layer, features in found.items()]
    missing = [words[f"layer.{layer}"] for layer, features in found.items() if not features]
    sources = {source for features in found.values() for one in features for source in sources_of_record(one)}
    total = sum(map(len, found.values()))
    fit: Fit = "silent" if not total else "compatible" if missing else "equal"
    period = day(claim["period"], context.language) if claim["period"] else "–"
    return Evidence(
        fit, say(context.language, "claim.method.opened", period, listed(counts, context.language)),
        stated_text=period, found=total, found_text=amount(total, "features", context.language),
        witnessed=all(_vouched(features, context, claim) for features in found.values()),
        sources=tuple(sorted(sources)),
        notes=(say(context.language, "claim.note.none_of", listed(missing, context.language)),) if missing else (),
    )  # fmt: skip


def count(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """How many different values a column has in the features that meet the conditions, against the stated number."""
    layer, column = check.words
    _hold_layer(layer, context, claim)
    groups: dict[str, list[Record]] = {}
    for feature in _meeting(check, claim, context, layer):
        for one in values_in(feature, column):
            groups.setdefault(one, []).append(feature)
    stated = stated_by(check, claim)
    found = len(groups)
    fit, note = fit_number(stated.text, found, above=check.above)
    if fit == "compatible" and not check.above:  # a count is not rounded
        fit = "contrary"
    names = sorted(context.word(column, one) for one in groups)
    sources = {source for features in groups.values() for one in features for source in sources_of_record(one)}
    return Evidence(
        fit, say(context.language, "claim.method.count", str(found), listed(names, context.language) or "–"),
        stated.number, stated.said(context.language), found, amount(found, stated.unit, context.language),
        witnessed=bool(groups) and all(_vouched(features, context, claim) for features in groups.values()),
        sources=tuple(sorted(sources)), notes=(say(context.language, note),) if note and fit == "compatible" else (),
    )  # fmt: skip


def _meeting(check: Check, claim: Row, context: ClaimContext, layer: str) -> Iterator[Record]:
    """The features of a layer that meet a check's conditions and exist by the claim's period."""
    for feature in context.records(layer).values():
        for column in (check.words[1], *(column for column, _ in check.where)):
            _hold_column(feature, column, claim)
        start = since(feature)
        late = start is not None and claim["period"] is not None and span(start)[0] > span(claim["period"])[1]
        if not late and all(set(values_in(feature, column)) & set(wanted) for column, wanted in check.where):
            yield feature


def _vouched(features: Sequence[Record], context: ClaimContext, claim: Row) -> bool:
    """Whether at least one feature has an independent source and more than low confidence."""
    return any(context.witnesses(sources_of_record(one), claim) and one["confidence"] != "low" for one in features)


def reported(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The statement of another source that was read for this claim. Only a row of high confidence confirms it.

    A check that ends in a value with a unit compares numbers, any other one compares dates or words.
    """
    given, *sources = check.words
    stated = check.stated or claim["value"]
    if not stated:
        refuse(claim, "value", message("finding.nothing"), message("remedy.state", "is VALUE"))
    witnesses = context.witnesses(sources, claim)
    if check.unit:
        number, other = stated_by(check, claim), stated_by(replace(check, stated=given), claim)
        fit, note = fit_number(stated, other.number, above=check.above)
        said, stated_text = amount(other.number, other.unit, context.language), number.said(context.language)
    else:
        fit, note = fit_date(stated, given)
        said = day(given, context.language) if given[:4].isdigit() else given
        stated_text = said if given == stated else stated
    if fit == "equal" and claim["confidence"] != "high":
        fit, note = "compatible", "claim.note.unsure"
    return Evidence(
        fit, say(context.language, "claim.method.reported", context.producers(sources), said),
        stated, stated_text, given, said,
        witnessed=bool(witnesses), sources=tuple(sorted(sources)), notes=(say(context.language, note),) if note else (),
    )  # fmt: skip


def none(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """No comparison is possible. The method says why."""
    method = say(context.language, f"claim.none.{check.words[0]}")
    if not claim["value"] and not check.stated:
        return Evidence("silent", method)
    stated = stated_by(check, claim)
    return Evidence("silent", method, stated.number, stated.said(context.language))


def _hold_layer(layer: str, context: ClaimContext, claim: Row) -> None:
    """Refuse the name of a layer that does not exist."""
    if layer not in context.layers:
        refuse(claim, "check", message("finding.no_layer", repr(layer)), message("remedy.name", context.layers))


def _hold_column(feature: Record, column: str, claim: Row) -> None:
    """Refuse the name of a column that does not exist."""
    if column not in feature:
        what = message("finding.no_column", repr(column))
        refuse(claim, "check", what, message("remedy.name", sorted(feature)))
