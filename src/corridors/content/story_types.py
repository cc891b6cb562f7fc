"""The types of a story in a page's content: the states of its steps, and its text."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from corridors.content.facet_types import Words
from corridors.data.story import Moment


class StepState(TypedDict):
    """The state of the page that a step of a story shows. Names of keys are those of the page's state."""

    layers: list[str]
    filters: Mapping[str, Sequence[str]]
    year: int | None
    against: Moment | None
    split: int
    selected: str | None
    scenario: str | None
    after: int


class StoryStep(TypedDict):
    """A step of a story on the map: its view (west, south, east, north in degrees), and the rest of its state."""

    bounds: Sequence[float]
    narrow: Sequence[float]
    state: StepState


class StorySentence(TypedDict):
    """A sentence of a story, the ids of its sources, and the claims that it repeats, each with its verdict."""

    words: Words
    sources: Sequence[str]
    claims: Mapping[str, str]


class Bar(TypedDict):
    """A bar of a chart: its name and its number in words, and its length as a share of the longest."""

    label: Words
    words: Words
    share: float


class StoryChart(TypedDict):
    """A chart of a story, with the ids of its sources."""

    title: Words
    bars: Sequence[Bar]
    sources: Sequence[str]


class StoryText(TypedDict):
    """A step of a story as text. ``sources`` are those of the whole step."""

    title: Words
    sentences: Sequence[StorySentence]
    chart: StoryChart | None
    sources: Sequence[str]


class Story(TypedDict):
    """The text of a story, and its sources by id."""

    steps: Sequence[StoryText]
    sources: Mapping[str, Mapping[str, str | Words]]
