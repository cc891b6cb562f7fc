"""The steps of a map's story, as ``maps/atlas.toml`` declares them: what a step says, and what the map shows then."""

from dataclasses import dataclass, field
from typing import Annotated

from pydantic import Field, PlainValidator

from corridors.data.declared_values import (
    BY_LANGUAGE,
    GATHERED,
    SOME,
    Translations,
    Words,
    edges,
    no_other_keys,
    unknown,
    whole_within,
    within,
    wrong,
)
from corridors.data.findings import quoted
from corridors.data.sentences import Number, Said, Text
from corridors.data.years import YEARS
from corridors.geo.frame import FRAME
from corridors.locales import message

Box = Annotated[tuple[float, float, float, float], edges(FRAME)]
"""West, south, east and north in degrees, within the frame of the maps."""

SERIES = ("period", "when")
"""The keys of a measure over which a chart has bars: years, or before and after."""

PLANNED = "planned"
"""In place of a year: what is planned, as if it were built."""

Moment = int | str
"""A year, or ``PLANNED``."""


def _moment(value: object) -> Moment:
    """A year, or ``PLANNED``."""
    if isinstance(value, str):
        if value != PLANNED:
            raise unknown(value, [PLANNED])
        return value
    return whole_within(value, *YEARS)


@no_other_keys
@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of a step: one bar for each year of a measure, or for before and after.

    Attributes
    ----------
    words
        Its caption with the unit, by language.
    number
        The measure, without the year, or without before and after.
    """

    words: Annotated[Translations, Field(alias=GATHERED)]
    number: Annotated[Number, BY_LANGUAGE]


@no_other_keys
@dataclass(frozen=True, slots=True)
class Step:
    """One step of a story.

    Attributes
    ----------
    headline
        Its title.
    sentences
        Its text.
    bounds
        West, south, east and north edge of its view, in degrees, EPSG:4326.
    narrow
        The same for a window that is taller than wide. If it is not given, ``bounds`` is used.
    layers
        The layers or classes that it shows. If none is given, those that are on at first.
    filters
        The wanted values of properties that the map filters by.
    year
        The year that it shows. None is the date of the atlas.
    against, split
        A second date beside it: a year, or ``PLANNED``; and the percentage of the map left of the divider.
    selected
        The feature whose card is open, as ``layer/id``.
    scenario, after
        For a map with scenarios: the scenario, and the position between before (0) and after (100).
    figure
        A chart that belongs to it.
    sources
        Ids of further sources, in ``sources.csv``.
    """

    headline: Annotated[Said, Field(alias="title")]
    sentences: Annotated[Text, Field(alias="text")]
    bounds: Box
    narrow: Box | None = None
    layers: tuple[Words, ...] = ()
    filters: dict[Words, Annotated[tuple[Words, ...], SOME]] = field(default_factory=dict)
    year: Annotated[int, within(*YEARS, whole=True)] | None = None
    against: Annotated[Moment, PlainValidator(_moment)] | None = None
    split: Annotated[int, within(0, 100, whole=True)] = 50
    selected: Words | None = None
    scenario: Words | None = None
    after: Annotated[int, within(0, 100, whole=True)] = 100
    figure: Annotated[Chart, BY_LANGUAGE] | None = None
    sources: tuple[Words, ...] = ()


def whole_step(step: Step, *, scenarios: bool) -> None:
    """Refuse a step that shows a scenario on a map without scenarios."""
    if step.scenario is not None and not scenarios:
        what = message("finding.step.scenario", quoted(step.scenario))
        raise wrong(what, message("remedy.step.scenario"), keys=("scenarios",))
