"""Railways by gauge and status, and flights by distance, as charts."""

from collections import defaultdict
from collections.abc import Mapping

from corridors.charts.board import NOTE, Board, Look
from corridors.charts.sources import source_line
from corridors.content.context import Context
from corridors.content.style import CLASSES, SLATE, StyleClass
from corridors.data.tables import STATUSES, Record
from corridors.errors import InputError
from corridors.figures.sheet import Drawing
from corridors.locales import message

LOOKS: Mapping[str, Look] = {
    "operational": "solid",
    "under_construction": "under_construction",
    "planned": "planned",
    "suspended": "suspended",
}
HOME, BROAD = "ZLXY", "1520"
"""The airport that comes first, and the gauge in the title."""


def network_gauge_status(context: Context, board: Board) -> Drawing:
    """Kilometres of railway by gauge, each bar divided by status."""
    measures = context.measures
    whole = measures.get("track_km", layer="rail")
    km: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(STATUSES, 0.0))
    for line in context.features["rail"].values():
        length = measures.get("track_km", feature=f"rail/{line['id']}").value
        km[str(line["gauge_mm"])][line["status"]] += length
    totals = {gauge: measures.get("track_km", layer="rail", gauge=gauge).value for gauge in km}
    order = sorted(totals, key=lambda gauge: (-totals[gauge], gauge))
    title = board.t(
        "chart.network.title", board.quantity(whole.value, "km"), board.quantity(totals.get(BROAD, 0.0), "km")
    )
    about = board.t("chart.network.about")
    board.head(title, about)
    used = [status for status in STATUSES if any(parts[status] for parts in km.values())]
    board.legend([(board.t(f"status.{status}"), board.colors.bar, LOOKS[status]) for status in used])
    names = {gauge: _gauge_name(board, gauge) for gauge in order}
    room = board.width_of(board.quantity(max(totals.values()), "km"), bold=True) + board.mm(2)
    scale = (board.wide - room) / max(totals.values())
    values = []
    for gauge in order:
        board.y += board.mm(1)
        board.paragraph(names[gauge])
        height, x = board.body(8), board.left
        board.y += board.mm(0.8)
        for status in used:
            part = km[gauge][status] * scale
            if part:
                board.bar(x, board.y, part, height, board.color(_gauge_color(gauge)), LOOKS[status])
            x += part
        board.text(x + board.mm(1.5), board.y + height / 2, board.quantity(totals[gauge], "km"), bold=True)
        board.y += height + board.mm(0.8)
        parts = [
            board.t("chart.pair", board.t(f"status.{status}"), board.quantity(km[gauge][status], "km"))
            for status in used
            if km[gauge][status]
        ]
        parts[1:] = [part[:1].lower() + part[1:] for part in parts[1:]]
        board.paragraph(board.t("list.semicolon").join(parts), size=NOTE, color=board.colors.quiet)
        board.y += board.mm(1.5)
        values.append(board.t("chart.pair", names[gauge], board.listed(*parts)))
    board.foot(board.t("chart.network.note"), source_line(board, context.facts, whole.sources))
    return board.finish("network-gauge-status", title, about, values)


def _rail_class(gauge: str) -> StyleClass | None:
    """The class of railways of a gauge on the maps."""
    return next((one for one in CLASSES["rail"]["gauge"] if one.id == f"rail.{gauge}"), None)


def _gauge_name(board: Board, gauge: str) -> str:
    """A gauge in words."""
    return board.t(f"class.rail.{gauge}") if _rail_class(gauge) else f"{board.t('fact.gauge')} {gauge} mm"


def _gauge_color(gauge: str) -> str:
    """The colour of a gauge on the maps."""
    found = _rail_class(gauge)
    return found.style["color"] if found else SLATE


def flight_distances(context: Context, board: Board) -> Drawing:
    """Direct flights by distance, those from Xi'an first and strongest."""
    groups = _flights(context)
    home = [flight for flight in groups.get(HOME, ()) if flight["status"] == "operational"]
    if not home:
        raise InputError(message("error.chart.no_flight", HOME))
    titled = (board.quantity(home[0]["km"], "km"), _airport(context, board, home[0]["destination"]),
              board.quantity(home[-1]["km"], "km"), _airport(context, board, home[-1]["destination"]))  # fmt: skip
    title = board.t("chart.flights.title", _airport(context, board, HOME), *titled)
    about = board.t("chart.flights.about")
    board.head(title, about)
    looks = {(flight["status"], flight["confidence"] == "low") for group in groups.values() for flight in group}
    entries: list[tuple[str, str, Look]] = [
        (board.t(f"status.{status}"), board.colors.bar, LOOKS[status])
        for status in STATUSES
        if (status, False) in looks or (status, True) in looks
    ]
    if any(low for _, low in looks):
        entries.append((board.t("chart.low"), board.colors.bar, "hollow"))
    board.legend(entries)

    order = sorted(groups, key=lambda origin: (origin != HOME, -len(groups[origin]), origin))
    halves = [order] if board.narrow else _in_two(order, groups)
    gutter = board.mm(8)
    width = (board.wide - gutter * (len(halves) - 1)) / len(halves)
    longest = max(flight["km"] for group in groups.values() for flight in group)
    top = lowest = board.y
    before = most = board.stretched_mm
    for nth, origins in enumerate(halves):
        board.y, board.stretched_mm = top, before
        for origin in origins:
            _group(context, board, board.left + nth * (width + gutter), width, origin, groups[origin], longest)
        lowest, most = max(lowest, board.y), max(most, board.stretched_mm)
    board.y, board.stretched_mm = lowest, most
    sources = [source for group in groups.values() for flight in group for source in flight["source"].split(";")]
    board.foot(source_line(board, context.facts, sources))
    values = [
        board.t("chart.pair", _airport(context, board, flight["destination"]), board.quantity(flight["km"], "km"))
        for flight in groups[HOME]
    ]
    return board.finish("flight-distances", title, about, values)


def _flights(context: Context) -> dict[str, list[Record]]:
    """Flights by the airport that they start from, with their distance in km, the shortest first."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for flight in context.features["flights"].values():
        km = context.measures.get("distance_km", feature=f"flights/{flight['id']}").value
        groups[flight["origin"]].append({**flight, "km": km})
    return {origin: sorted(group, key=lambda flight: (flight["km"], flight["id"])) for origin, group in groups.items()}


def _airport(context: Context, board: Board, icao: str) -> str:
    """The name of an airport's city."""
    names = context.names[f"airports/{icao.lower()}"]
    return names.get(board.sheet.lang) or names["en"]


def _in_two(order: list[str], groups: Mapping[str, list[Record]]) -> list[list[str]]:
    """Groups in two columns, in their order. The first column is as long as the second or a little longer."""
    lengths = [len(groups[origin]) + 2 for origin in order]
    best = min(range(1, len(order) + 1), key=lambda cut: abs(sum(lengths[:cut]) - sum(lengths[cut:])))
    return [half for half in (order[:best], order[best:]) if half]


def _group(
    context: Context, board: Board, x: float, width: float, origin: str, flights: list[Record], longest: float
) -> None:
    """The flights from one airport."""
    style = next(one.style for one in CLASSES["flights"]["origin"] if one.holds({"origin": origin}))
    color = board.color(style["color"])
    height = board.mm(4.6)
    board.text(x, board.y + height / 2, board.t("chart.flights.from", _airport(context, board, origin)), bold=True)
    board.y += height + board.mm(0.4)
    column = width * 0.34
    room = board.width_of(board.number(longest)) + board.mm(2)
    scale = (width - column - room) / longest
    for flight in flights:
        pitch = board.body(4.2)
        middle = board.y + pitch / 2
        name = f"{_airport(context, board, flight['destination'])}  {flight['destination_iata']}"
        board.text(x, middle, name, size=NOTE + 0.4)
        look = LOOKS[flight["status"]]
        if look == "solid" and flight["confidence"] == "low":
            look = "hollow"
        length = flight["km"] * scale
        board.bar(x + column, board.y + pitch * 0.18, length, pitch * 0.64, color, look)
        board.text(x + column + length + board.mm(1.2), middle, board.number(flight["km"]), size=NOTE + 0.4)
        board.y += pitch
    board.y += board.mm(2)
