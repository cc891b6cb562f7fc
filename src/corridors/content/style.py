"""The style of each kind of feature: the classes of each layer with their colours, widths, symbols and order.

One table is used for the map, its legend and the small pictures of the index, so that a colour has the same meaning
everywhere. Blue and orange (after Okabe and Ito) can be distinguished with the usual kinds of colour blindness. Status
and precision are patterns.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from corridors.content.page_types import Geometry, Style
from corridors.data.tables import Record


@dataclass(frozen=True, slots=True)
class StyleClass:
    """One kind of feature on a map: an entry of the legend, with its own checkbox.

    Attributes
    ----------
    id
        ``<layer>.<word>``. Its title is the message ``class.<id>``.
    geometry
        The geometry type of its features.
    z
        Order of drawing, the lowest first.
    style
        Line: color, width (px), casing, opacity. Point: symbol, color, size (px). Area: fill, hatch.
    holds
        A function that returns whether a feature of the layer belongs to it. The first class in a layer's list that
        accepts a feature has it.
    title
        Its title by language, if that is no message.
    """

    id: str
    geometry: Geometry
    z: float
    style: Style
    holds: Callable[[Record], bool]
    title: Mapping[str, str] | None = None


BLUE, ORANGE, GREY, GREEN, COAL, SEA = "#0072B2", "#D55E00", "#6B6B6B", "#009E73", "#3B3B3B", "#3A7CA5"
PINK, VIOLET, OCHRE, TEAL, SLATE = "#CC4C8C", "#7A5FB0", "#A37800", "#2F8C84", "#747474"
CRIMSON, TURQUOISE, INK = "#8B1E3F", "#00786C", "#3D3A35"
PIPE = "12 3 1.5 3"
TRADE_STEPS = ("#D9EEE6", "#A9D8CB", "#6FB9B0", "#3A8E95", "#1D5E70")
TRADE_BREAKS = (5.0, 12.0, 20.0, 30.0)
"""Limits of the five classes of the trade map, in billion US dollars."""

NO_FIGURE = "#E6E3DC"
"""The fill of a country without a figure for the year."""


def _is(column: str, *values: object) -> Callable[[Record], bool]:
    """Whether a feature's column has one of the values."""
    return lambda feature: feature[column] in values


def _all(_: Record) -> bool:
    """Every feature."""
    return True


def _line(color: str, width: float, *, casing: bool = False, opacity: float = 1.0, dash: str | None = None) -> Style:
    """The style of a line. Its dashes are those of operating lines, since other statuses have their own dashes.

    With its opacity, it has a contrast of at least 3 with the land in both themes (WCAG 2.2, 1.4.11).
    """
    return {"color": color, "width": width, "casing": casing, "opacity": opacity, "dash": dash}


def _symbol(symbol: str, color: str = INK, size: int = 15) -> Style:
    """The style of a point."""
    return {"symbol": symbol, "color": color, "size": size}


def trade_class(billion_usd: float | None) -> str:
    """The class of the trade map for a country's trade, or for a country without a figure."""
    if billion_usd is None:
        return "countries.no_trade"
    return f"countries.trade{sum(billion_usd >= edge for edge in TRADE_BREAKS) + 1}"


def _trade(name: str, fill: str) -> StyleClass:
    """A class of the trade map."""

    def holds(country: Record) -> bool:
        value = country["trade_billion_usd"]
        known = value if isinstance(value, float) else None
        return trade_class(known) == name and (known is not None or country["group"] == "central_asia")

    return StyleClass(name, "area", 1, {"fill": fill, "hatch": False}, holds)


def _port(kind: str, *more: str) -> StyleClass:
    """The class of a kind of port, with the symbol of that kind."""
    return StyleClass(f"ports.{kind}", "point", 8, _symbol(kind), _is("kind", kind, *more))


CLASSES: Mapping[str, Mapping[str, tuple[StyleClass, ...]]] = {
    "rail": {
        "gauge": (
            StyleClass("rail.1435", "line", 5, _line(BLUE, 2.6, casing=True), _is("gauge_mm", 1435)),
            StyleClass("rail.1520", "line", 5, _line(ORANGE, 2.6, casing=True), _is("gauge_mm", 1520)),
        ),
    },
    "roads": {"kind": (StyleClass("roads.road", "line", 4, _line(GREY, 1.8), _all),)},
    "pipelines": {
        "commodity": (
            StyleClass("pipelines.gas", "line", 3, _line(GREEN, 1.4, dash=PIPE), _is("commodity", "gas")),
            StyleClass("pipelines.oil", "line", 3, _line(COAL, 1.4, dash=PIPE), _is("commodity", "oil")),
        ),
    },
    "ferries": {"kind": (StyleClass("ferries.ferry", "line", 6, _line(SEA, 1.6, dash="4 3"), _all),)},
    "flights": {
        "kind": (StyleClass("flights.flight", "line", 7, _line(PINK, 1.2, opacity=0.85), _all),),
        "origin": (
            StyleClass("flights.zlxy", "line", 7, _line(PINK, 1.8, opacity=0.9), _is("origin", "ZLXY")),
            StyleClass("flights.zwww", "line", 7, _line(VIOLET, 1.4, opacity=0.9), _is("origin", "ZWWW")),
            StyleClass("flights.zbaa", "line", 7, _line(OCHRE, 1.4, opacity=0.9), _is("origin", "ZBAA", "ZBAD")),
            StyleClass("flights.zutf", "line", 7, _line(TEAL, 1.4, opacity=0.9), _is("origin", "ZUTF", "ZUUU")),
            StyleClass("flights.other", "line", 7, _line(SLATE, 1.2, opacity=0.9), _all),
        ),
    },
    "ports": {
        "kind": (
            _port("border_crossing", "inland_customs"),
            _port("dry_port"),
            _port("sea_port"),
            _port("logistics_hub", "free_zone"),
            _port("break_of_gauge"),
        ),
    },
    "airports": {"kind": (StyleClass("airports.airport", "point", 8, _symbol("airport", size=14), _all),)},
    "cities": {"kind": (StyleClass("cities.city", "point", 9, _symbol("city", size=9), _all),)},
    "stations": {
        "kind": (
            StyleClass(
                "stations.break_of_gauge", "point", 8, _symbol("break_of_gauge", size=17), _is("kind", "break_of_gauge")
            ),
            StyleClass("stations.station", "point", 7, _symbol("station", size=7), _all),
        ),
    },
    "places": {
        "kind": (
            StyleClass(
                "places.summit", "point", 8, _symbol("summit", CRIMSON, 13), _is("kind", "summit", "speech", "meeting")
            ),
            StyleClass("places.school", "point", 8, _symbol("school", CRIMSON, 13), _is("kind", "school")),
        ),
    },
    "tourism": {
        "kind": (
            StyleClass("tourism.train", "line", 6, _line(CRIMSON, 3.0, casing=True), _is("kind", "train")),
            StyleClass("tourism.site", "point", 8, _symbol("site", CRIMSON, 14), _is("kind", "site")),
        ),
    },
    "scenario": {
        "effect": (
            StyleClass("scenario.opened", "line", 8, _line(TURQUOISE, 4.6, casing=True), _is("effect", "opened")),
            StyleClass(
                "scenario.closed", "line", 8, _line(CRIMSON, 3.4, casing=True, dash="1.5 5"), _is("effect", "closed")
            ),
            StyleClass(
                "scenario.better_much", "line", 7, _line(TURQUOISE, 1.7, opacity=0.75), _is("effect", "better_much")
            ),
            StyleClass("scenario.better", "line", 7, _line(TURQUOISE, 1.1, opacity=0.8), _is("effect", "better")),
            StyleClass("scenario.worse_much", "line", 7, _line(CRIMSON, 1.7, opacity=0.6), _is("effect", "worse_much")),
            StyleClass("scenario.worse", "line", 7, _line(CRIMSON, 1.1, opacity=0.7), _is("effect", "worse")),
            StyleClass(
                "scenario.joined", "line", 7, _line(TURQUOISE, 1.3, opacity=0.8, dash="7 3"), _is("effect", "joined")
            ),
            StyleClass("scenario.cut", "line", 7, _line(CRIMSON, 1.3, opacity=0.7, dash="2 4"), _is("effect", "cut")),
            StyleClass("scenario.gateway", "point", 9, _symbol("border_crossing", size=13), _is("effect", "gateway")),
        ),
    },
    "countries": {
        "kind": (StyleClass("countries.country", "area", 1, {"fill": None, "hatch": False}, _all),),
        "trade": (
            *(_trade(f"countries.trade{step}", fill) for step, fill in enumerate(TRADE_STEPS, 1)),
            _trade(trade_class(None), NO_FIGURE),
StyleClass("countries.china", "area", 1, {"fill": None, "hatch": False}, _is("group", "china")),
        ),
        "visa": (
            StyleClass(
                "countries.visa", "area", 1, {"fill": TRADE_STEPS[1], "hatch": False},
                lambda country: country["visa_since"] is not None,
            ),
            StyleClass("countries.no_visa", "area", 1, {"fill": None, "hatch": True}, _is("group", "central_asia")),
        ),
    },
}  # fmt: skip
"""The classes of each layer, by the property that defines them."""

CORRIDOR_WIDTH, CORRIDOR_LANE = 4.2, 4.4
"""Width of a corridor's ribbon, and the distance between ribbons that share a line; pixels."""

UNDECLARED = (SLATE, -3)
"""Colour and lane of a corridor that has none, and for which none is left."""


def corridor_class(name: str, look: tuple[str, int] = UNDECLARED) -> StyleClass:
    """The class of a corridor: a wide, soft ribbon under the railways, beside other corridors on the same line.

    ``look`` is its colour and its lane, counted to the right of its direction.
    """
    color, lane = look
    style = _line(color, CORRIDOR_WIDTH, opacity=0.8) | {"offset": round(lane * CORRIDOR_LANE, 1)}
    return StyleClass(f"corridors.{name}", "line", 4.5, style, _is("id", name))


POPULATION_RANKS = (2_000_000, 800_000, 300_000, 100_000)


def label_rank(layer: str, feature: Record, first: Collection[str] = ()) -> int:
    """The rank of a feature's label: 0 always has a label, and smaller ranks come earlier.

    ``first`` has the ids of features of the layer that get their names before others (``catalog.toml``).
    """
    early = feature["id"] in first
    if layer == "cities":
        if early or feature["kind"] == "capital":
            return 0 if early else 1
        people = feature["population"]
        known = people if isinstance(people, int) else 0
        return 2 + sum(known < limit for limit in POPULATION_RANKS)
    if layer == "ports":
        return 1 if early else 5 + (feature["confidence"] == "low")
    if layer == "stations":
        return 3 if feature["kind"] == "break_of_gauge" else 8
    if layer == "airports":
        return 0 if early else 1
    return {"tourism": 3, "places": 4}.get(layer, 9)
