"""The types of the profile of a route in a page's content (see network.profile)."""

from typing import TypedDict

from corridors.content.facet_types import Words


class PageStretch(TypedDict, total=False):
    """A part of a route on which nothing changes. It begins where the one before ends; ``end`` in whole metres."""

    end: int
    mode: str
    country: str
    gauge: int
    status: str
    tracks: str
    electrified: str


class PageMark(TypedDict, total=False):
    """A place along a route, or what happens there (see network.profile). ``at`` is whole metres."""

    at: int
    kind: str
    feature: str
    name: Words
    lon: float
    lat: float
    before: str
    after: str
    hours: float | None
    people: int


class PageProfile(TypedDict):
    """The profile of a route."""

    stretches: list[PageStretch]
    marks: list[PageMark]
