"""The types of a page's content: what ``content`` makes, and what pages and figures show.

Names of keys are those of the page's script (web/script/types/payload.ts). All keys are optional where some things lack
them. Geometry is shapely's, EPSG:4326, lon/lat in degrees. The page has it in another form (see web.encode).
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, TypeAlias, TypedDict

from shapely import MultiPoint
from shapely.geometry.base import BaseGeometry

from corridors.content.facet_types import Catchment, Filter, Words
from corridors.content.profile_types import PageProfile
from corridors.content.series_types import Multiples, Series
from corridors.content.story_types import Story, StoryStep
from corridors.measures.multiples import Slot

if TYPE_CHECKING:
    from corridors.content.basemap import Basemap
    from corridors.content.planner import Planner

Cited: TypeAlias = Mapping[str, str | Words]
"""A source: its title, which has words by language if it is no publication, producer, address and date."""

Geometry: TypeAlias = Literal["line", "point", "area"]
"""How the features of a class are drawn."""

Traits: TypeAlias = Mapping[str, object]
"""What changes the look of a feature besides its class: ``status``, ``basis``, ``confidence``, ``hollow``."""


class Style(TypedDict, total=False):
    """The style of a class: of a line, a point or an area. Lengths are pixels."""

    color: str
    width: float
    casing: bool
    opacity: float
    dash: str | None
    offset: float
    symbol: str
    size: float
    minZoom: int
    fill: str | None
    hatch: bool
    path: Mapping[str, object]
    highlight: Mapping[str, object]


class Entry(TypedDict, total=False):
    """A large figure or a fact of a card: a quantity or a range, keys of messages, names, or plain text."""

    label: str
    value: float
    unit: str
    digits: int
    about: bool
    more: bool
    of: Words
    by: list[str]
    to: float
    date: str
    later: bool
    key: str
    keys: list[str]
    country: list[str]
    name: Words
    feature: str
    km: float | None
    bearing: str
    differs: float | None
    misfit: float
    said: Words
    text: str | None
    href: str
    sources: list[str]
    cites: list[int]


class Tag(TypedDict):
    """The positions for a corridor's name, the best first, and the kilometres of its stretch."""

    km: int
    at: MultiPoint


_Classed = TypedDict("_Classed", {"class": str}, total=False)


class Feature(_Classed, total=False):
    """A feature with its card."""

    id: str
    kind: str
    status: str
    basis: str
    confidence: str
    name: Words
    country: list[str]
    rank: int
    headline: list[Entry]
    facts: list[Entry]
    series: list[Series]
    axis: Sequence[Slot]
    sources: list[str]
    geometry: BaseGeometry
    own: int
    accuracy_m: int
    opened: str
    works_started: str
    closed: str
    note: Words
    later: str
    classes: dict[str, str]
    since: str
    before: str
    undated: bool
    electrified: str
    hollow: bool
    stops: list[int]
    straight: list[tuple[int, int]]
    km: dict[str, float]
    whole: float
    km2: float
    gauge: str
    mode: list[str]
    operator: list[str]
    corridor: list[str]
    serves: list[int]
    codes: list[str]
    tag: Tag
    scenario: str
    change: str
    nth: int
    share: list[float]
    shut: bool
    ways: list[list[int]]
    profile: PageProfile


class ClassEntry(TypedDict, total=False):
    """A class of features: an entry of the legend.

    Attributes
    ----------
    dark
        Its colour in the dark theme, if it is not derived.
    values
        The values of the group's column that its features have.
    """

    title: Words
    geometry: Geometry
    z: float
    style: Style
    dark: str
    on: bool
    values: list[str | int]


Classes: TypeAlias = Mapping[str, ClassEntry]
"""Classes by id."""


class Group(TypedDict, total=False):
    """A group of the legend, with the statistics of its layer.

    Attributes
    ----------
    by
        The column that gives its classes, if readers are to see its name.
    column
        The column whose values give its classes. A group without one cannot be measured in part.
    whole
        Whether all features of the layer have a class.
    """

    id: str
    layer: str
    title: Words
    open: bool
    classes: list[str]
    by: str
    column: str
    whole: bool
    together: bool
    stats: list[Entry]
    credit: str
    licence: str
    precision: Words


class View(TypedDict):
    """The first view, on a wide and on a narrow screen: west, south, east, north in degrees."""

    bounds: Sequence[float]
    narrow: Sequence[float]


class MapLink(TypedDict):
    """A link to a map."""

    id: str
    title: Words
    href: str


class Scenario(TypedDict):
    """A scenario that can be chosen."""

    id: str
    title: Words
    totals: Mapping[str, float]
    ends: list[Words]
    bounds: Sequence[float]
    narrow: Sequence[float]


class RouteSummary(TypedDict):
    """A route beside the map. ``legs`` are ids of features."""

    title: Words
    headline: list[Entry]
    profile: PageProfile
    legs: list[str]
    facts: list[Entry]


class Summary(TypedDict):
    """Routes beside the map: the routes, what was asked, and what is assumed."""

    ways: list[RouteSummary]
    asked: list[Entry]
    assumed: list[Entry]
    sources: Sequence[str]


class Citation(TypedDict):
    """How a page is cited: by language as a sentence and for programs, with the version of the atlas.

    ``hash`` is the SHA-256 of its layers. Texts have ``{link}`` in place of the address, which only the page knows.
    """

    version: str
    hash: str
    text: Words
    bibtex: Words
    ris: Words


class AboutMap(TypedDict, total=False):
    """The map of a page: title, statement, legend, and links to other maps."""

    id: str
    title: Words
    statement: Words
    quoted: dict[str, list[list[int]]]
    ground: list[int]
    asOf: str
    dated: Words
    credit: str
    year: int
    view: View
    groups: list[Group]
    filters: list[Filter]
    charts: list[Multiples]
    maps: list[MapLink]
    scenarios: list[Scenario]
    nodes: MultiPoint
    story: list[StoryStep]
    summary: Summary
    cited: Citation
    embed: Words
    frame: Sequence[float]


_FromTo = TypedDict("_FromTo", {"from": Words, "to": Words})


class ComparisonRow(_FromTo):
    """A corridor in the table beside the map."""

    id: str
    km: float
    basis: float
    days: float
    countries: list[str]
    borders: int
    breaks: int
    double: float | None
    electrified: float | None
    cities: int
    people: int
    published: list[list[float | None]]


class ComparisonTable(TypedDict):
    """The table beside the map, and the least difference of a length that is reported, in percent."""

    limit: float
    rows: list[ComparisonRow]


class Content(TypedDict, total=False):
    """The content of a page about a map."""

    messages: dict[str, dict[str, str]]
    formats: dict[str, dict[str, str]]
    langs: list[str]
    map: AboutMap
    classes: dict[str, ClassEntry]
    symbols: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]]
    features: list[Feature]
    sources: dict[str, Cited]
    countries: dict[str, Words]
    basemap: "Basemap"
    network: "Planner"
    comparison: ComparisonTable
    catchment: Catchment
    story: Story
