"""Claims of events, places and features against the layers: the checks that look at what is where, and since when."""

from collections.abc import Iterator, Sequence

import numpy as np

from corridors.claims.context import Ledger, Record, refuse, since, sources_of_record, stated_by, values_in
from corridors.claims.evidence import Evidence, Fit, Other, fit_date, fit_number
from corridors.claims.figures import absent
from corridors.data.checks import Check
from corridors.data.periods import span
from corridors.data.tables import NAMED, Row
from corridors.geo.geodesy import distance_km
from corridors.locales import message, messages
from corridors.locales.wording import amount, day, listed, say

IN_TOWN_KM = 30.0
"""Within how many kilometres of a city's centre an event is in that city."""


def venue(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """The city where an event took place, against the stated one."""
    events = [
        event
        for event in ledger.records("places").values()
        if event["kind"] == check.words[0] and since(event) and _overlap(str(event["date"]), claim["period"])
    ]
    stated = check.stated or claim["value"]
    wanted = next((city for city in ledger.records("cities").values() if _is_called(city, stated)), None)
    event = next((one for one in events if f"places/{one['id']}" == claim["place"]), events[0] if events else None)
    found = _city_at(event, ledger) if event else None
    if event is None or wanted is None or found is None:
        return absent(check, claim, ledger)
    said = ledger.name(found)
    fit: Fit = "equal" if found["id"] == wanted["id"] else "contrary"
    witnesses = ledger.witnesses(sources_of_record(event), claim)
    others = (Other(found["name_en"], "", said, ledger.producers(witnesses), witnesses),) if fit == "contrary" else ()
    when = day(str(event["date"]), ledger.language)
    return Evidence(
        fit, say(ledger.language, "claim.method.venue", ledger.name(event), when, said),
        wanted["name_en"], ledger.name(wanted), found["name_en"], said,
        witnessed=bool(witnesses), sources=sources_of_record(event), others=others if witnesses else (),
    )  # fmt: skip


def _is_called(city: Record, name: str | None) -> bool:
    """Whether a city has that id, or that name in any language."""
    names = [city["id"], *(city.get(f"name_{key}") for key in NAMED)]
    return name is not None and name.casefold() in {str(one).casefold() for one in names if one}


def _city_at(event: Record, ledger: Ledger) -> Record | None:
    """The city that an event is in: the nearest one, where it is near enough."""
    places = ledger.layers["places"].set_index("id").geometry
    cities = ledger.layers["cities"]
    here = places[event["id"]]
    lon, lat = cities.geometry.x.to_numpy(), cities.geometry.y.to_numpy()
    away = distance_km(np.full(len(lon), here.x), np.full(len(lat), here.y), lon, lat)
    nearest = int(away.argmin())
    return ledger.records("cities")[cities["id"].iloc[nearest]] if away[nearest] <= IN_TOWN_KM else None


def _overlap(one: str, other: str | None) -> bool:
    """Whether two periods have a day in common."""
    if other is None:
        return False
    (start, end), (other_start, other_end) = span(one), span(other)
    return start <= other_end and other_start <= end


def date(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """The date of a feature, against the stated one."""
    feature = ledger.record(check.words[0])
    found = since(feature) if feature else None
    if feature is None or found is None:
        return absent(check, claim, ledger)
    found = str(feature.get("date") or found)
    stated = check.stated or claim["value"]
    if not stated:
        refuse(claim, "value", message("finding.no_date"), message("remedy.state", "is DATE"))
    fit, note = fit_date(stated, found)
    said = day(found, ledger.language)
    return Evidence(
        fit, say(ledger.language, "claim.method.date", ledger.name(feature), said),
        stated, day(stated, ledger.language), found, said,
        witnessed=bool(ledger.witnesses(sources_of_record(feature), claim)), sources=sources_of_record(feature),
        notes=(say(ledger.language, note),) if note else (),
    )  # fmt: skip


def row(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """A feature's columns against the stated ones, and whether it was there by the claim's period."""
    feature = ledger.record(check.words[0])
    if feature is None:
        return absent(check, claim, ledger)
    holds, said, given, plain = True, [], [], []
    for column, wanted in check.where:
        _hold_column(feature, column, claim)
        values = values_in(feature, column)
        kept = [one for one in values if one in wanted]
        holds = holds and bool(kept)
        said.append(ledger.word(column, wanted[0]))
        plain.append(kept[0] if kept else ";".join(values))
        given.append(listed([ledger.word(column, one) for one in kept[:1] or values], ledger.language) or "–")
    start = since(feature)
    late = start is not None and claim["period"] is not None and span(start)[0] > span(claim["period"])[1]
    text = " – ".join(given)
    if start:
        text = say(ledger.language, "claim.since", text, day(start.partition("/")[0], ledger.language))
    witnesses = ledger.witnesses(sources_of_record(feature), claim)
    fit: Fit = "equal" if holds and not late else "contrary"
    found = ";".join(plain)
    other = Other(found, "", text, ledger.producers(witnesses), witnesses)
    return Evidence(
        fit, say(ledger.language, "claim.method.row", ledger.name(feature), text),
        ";".join(wanted[0] for _, wanted in check.where), " – ".join(said), found, text,
        witnessed=bool(witnesses), sources=sources_of_record(feature),
        others=(other,) if witnesses and fit == "contrary" else (),
    )  # fmt: skip


def after(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """Whether one feature came after another, as what follows from it must."""
    pair = [ledger.record(word) for word in check.words]
    dates = [since(feature) if feature else None for feature in pair]
    effect, cause = pair
    if effect is None or cause is None or dates[0] is None or dates[1] is None:
        return absent(check, claim, ledger)
    said = [day(one.partition("/")[0], ledger.language) for one in dates if one]
    parts = [ledger.name(effect), said[0], ledger.name(cause), said[1]]
    sources = (*sources_of_record(effect), *sources_of_record(cause))
    in_order = dates[0] > dates[1]
    return Evidence(
        "compatible" if in_order else "contrary", say(ledger.language, "claim.method.after", *parts),
        found=dates[0], found_text=said[0],
        witnessed=bool(ledger.witnesses(sources, claim)), sources=tuple(sorted(set(sources))),
        notes=(say(ledger.language, "claim.note.order"),) if in_order else (),
    )  # fmt: skip


def opened(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """How many features of each layer opened in the claim's period."""
    found: dict[str, list[Record]] = {}
    for layer in check.words:
        _hold_layer(layer, ledger, claim)
        found[layer] = [
            feature
            for feature in ledger.records(layer).values()
            if feature.get("opened") and feature["status"] == "operational"
            if _overlap(feature["opened"], claim["period"])
        ]
    words = messages(ledger.language)
    told = [f"{words[f'layer.{layer}']} {len(features)}" for layer, features in found.items()]
    missing = [words[f"layer.{layer}"] for layer, features in found.items() if not features]
    sources = {source for features in found.values() for one in features for source in sources_of_record(one)}
    total = sum(map(len, found.values()))
    fit: Fit = "silent" if not total else "compatible" if missing else "equal"
    period = day(claim["period"], ledger.language) if claim["period"] else "–"
    return Evidence(
        fit, say(ledger.language, "claim.method.opened", period, listed(told, ledger.language)),
        found=total, found_text=amount(total, "features", ledger.language),
        witnessed=all(_vouched(features, ledger, claim) for features in found.values()),
        sources=tuple(sorted(sources)),
        notes=(say(ledger.language, "claim.note.none_of", listed(missing, ledger.language)),) if missing else (),
    )  # fmt: skip


def count(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """How many different values a column has in the features that meet the conditions, against the stated number."""
    layer, column = check.words
    _hold_layer(layer, ledger, claim)
    groups: dict[str, list[Record]] = {}
    for feature in _meeting(check, claim, ledger, layer):
        for one in values_in(feature, column):
            groups.setdefault(one, []).append(feature)
    stated = stated_by(check, claim)
    found = len(groups)
    fit, note = fit_number(stated.text, found, above=check.above)
    if fit == "compatible" and not check.above:  # a count is not rounded
        fit = "contrary"
    names = sorted(ledger.word(column, one) for one in groups)
    sources = {source for features in groups.values() for one in features for source in sources_of_record(one)}
    return Evidence(
        fit, say(ledger.language, "claim.method.count", str(found), listed(names, ledger.language) or "–"),
        stated.number, stated.said(ledger.language), found, amount(found, stated.unit, ledger.language),
        witnessed=bool(groups) and all(_vouched(features, ledger, claim) for features in groups.values()),
        sources=tuple(sorted(sources)), notes=(say(ledger.language, note),) if note and fit == "compatible" else (),
    )  # fmt: skip


def _meeting(check: Check, claim: Row, ledger: Ledger, layer: str) -> Iterator[Record]:
    """The features of a layer that meet a check's conditions and were there by the claim's period."""
    for feature in ledger.records(layer).values():
        for column in (check.words[1], *(column for column, _ in check.where)):
            _hold_column(feature, column, claim)
        start = since(feature)
        late = start is not None and claim["period"] is not None and span(start)[0] > span(claim["period"])[1]
        if not late and all(set(values_in(feature, column)) & set(wanted) for column, wanted in check.where):
            yield feature


def _vouched(features: Sequence[Record], ledger: Ledger, claim: Row) -> bool:
    """Whether one of some features at least rests on a witness and is more than a guess."""
    return any(ledger.witnesses(sources_of_record(one), claim) and one["confidence"] != "low" for one in features)


def reported(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """What another source says that was read for this claim alone; it confirms where the row is trusted highly."""
    given, *sources = check.words
    stated = check.stated or claim["value"]
    if not stated:
        refuse(claim, "value", message("finding.nothing"), message("remedy.state", "is VALUE"))
    fit, note = fit_date(stated, given)
    witnesses = ledger.witnesses(sources, claim)
    said = day(given, ledger.language) if given[:4].isdigit() else given
    if fit == "equal" and claim["confidence"] != "high":
        fit, note = "compatible", "claim.note.unsure"
    return Evidence(
        fit, say(ledger.language, "claim.method.reported", ledger.producers(sources), said),
        stated, said if given == stated else stated, given, said,
        witnessed=bool(witnesses), sources=tuple(sorted(sources)), notes=(say(ledger.language, note),) if note else (),
    )  # fmt: skip


def none(check: Check, claim: Row, ledger: Ledger) -> Evidence:
    """Nothing to compare, and why."""
    method = say(ledger.language, f"claim.none.{check.words[0]}")
    if not claim["value"] and not check.stated:
        return Evidence("silent", method)
    stated = stated_by(check, claim)
    return Evidence("silent", method, stated.number, stated.said(ledger.language))


def _hold_layer(layer: str, ledger: Ledger, claim: Row) -> None:
    """Refuse the name of a layer that there is not."""
    if layer not in ledger.layers:
        refuse(claim, "check", message("finding.no_layer", repr(layer)), message("remedy.name", ledger.layers))


def _hold_column(feature: Record, column: str, claim: Row) -> None:
    """Refuse the name of a column that there is not."""
    if column not in feature:
        what = message("finding.no_column", repr(column))
        refuse(claim, "check", what, message("remedy.name", sorted(feature)))
