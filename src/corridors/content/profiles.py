"""The profile of a route as plain data for a page: stretches, and marks with their names."""

from collections.abc import Callable

from corridors.content.facet_types import Words
from corridors.content.profile_types import PageMark, PageProfile, PageStretch
from corridors.network.profile import Mark, Profile, Stretch

PLACES = 3
"""Decimal places of degrees: a mark is within a hundred metres."""

NameOf = Callable[[str, str], Words]
"""The names of a place by language, from its feature or waypoint and its English name."""


def page_profile(profile: Profile, name_of: NameOf) -> PageProfile:
    """The profile of a route for a page. A border has no name of its own: its countries name it."""
    stretches = [_stretch(stretch) for stretch in profile.stretches]
    return {"stretches": stretches, "marks": [_mark(mark, name_of) for mark in profile.marks]}


def _stretch(stretch: Stretch) -> PageStretch:
    """A stretch, without what is not known."""
    entry: PageStretch = {
        "end": stretch.end_m,
        "mode": stretch.mode,
        "country": stretch.country,
        "status": stretch.status,
    }
    if stretch.gauge_mm:
        entry["gauge"] = stretch.gauge_mm
    if stretch.tracks:
        entry["tracks"] = stretch.tracks
    if stretch.electrified:
        entry["electrified"] = stretch.electrified
    return entry


def _mark(mark: Mark, name_of: NameOf) -> PageMark:
    """A mark, without what its kind has not."""
    lon, lat = (round(degrees, PLACES) for degrees in (mark.lon, mark.lat))
    entry: PageMark = {"at": mark.at_m, "kind": mark.kind, "lon": lon, "lat": lat}
    if mark.kind in {"place", "break"}:
        entry |= {"feature": mark.feature, "name": name_of(mark.feature, mark.name)}
    if mark.kind != "place":
        entry |= {"before": mark.before, "after": mark.after, "hours": mark.hours}
    if mark.people:
        entry["people"] = mark.people
    return entry
