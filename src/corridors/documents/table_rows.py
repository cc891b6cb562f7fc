"""The tables of documents: their content, from the measures and facts of an atlas."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from corridors.content.cards import present, write_card
from corridors.content.page_types import Entry
from corridors.documents.placeholders import Writer
from corridors.documents.tables import Column, Table
from corridors.documents.template import Markdown, markdown_text
from corridors.errors import UsageError, not_among
from corridors.layers.countries import TRADE_YEAR
from corridors.measures.trade import partner_row
from corridors.network.scenario_result import CHANGES

NOTHING = "–"
MOST_PAIRS = 10
GROUPS = ("china", "central_asia")
COUNTED = ("trips", "routes", "vehicles", "vehicles_per_day", "visits", "wagons")
"""Units of figures whose label already names what is counted."""

LINES = ("rail", "roads", "pipelines")


def corridors(writer: Writer) -> Table:
    """The compared corridors."""
    says = writer.text
    columns = [
        Column(says("compare.name"), 34),
        Column(says("compare.km"), 12, right=True),
        Column(says("compare.column.days"), 11, right=True),
        Column(says("compare.borders"), 10, right=True),
        Column(says("compare.column.breaks"), 12, right=True),
        Column(says("compare.column.double"), 12, right=True),
        Column(says("compare.column.electrified"), 12, right=True),
        Column(says("compare.column.people"), 12, right=True),
    ]
    named = writer.context.facts.by_id("corridors")
    rows = []
    for corridor in writer.context.comparison.corridors:
        shares = (corridor.double_percent, corridor.electrified_percent)
        rows.append(
            [
                named[corridor.id].get(f"name_{writer.lang}") or corridor.name,
                *(
                    writer.measure(name, corridor=corridor.id)
                    for name in ("length_km", "days", "borders", "gauge_breaks")
                ),
                *(NOTHING if share is None else writer.amount(share, "percent") for share in shares),
                writer.number(corridor.people / 1e6, 1),
            ],
        )
    return Table(says("report.table.corridors"), columns, rows)


def network(writer: Writer) -> Table:
    """Kilometres, gateways and cities by country."""
    says = writer.text
    columns = [Column(says("column.country"), 24)]
    columns += [Column(f"{says(f'layer.{layer}')}, {says('unit.km')}", 15, right=True) for layer in LINES]
    columns += [Column(says(f"layer.{layer}"), 13, right=True) for layer in ("ports", "cities")]
    rows = []
    for country in writer.context.facts.rows("countries"):
        if country["group"] in GROUPS:
            code = country["iso_a3"]
            wanted = [*(("track_km", layer) for layer in LINES), ("features", "ports"), ("features", "cities")]
            rows.append([writer.country(code), *(_where(writer, name, layer, code) for name, layer in wanted)])
    return Table(says("report.table.network"), columns, rows)


def _where(writer: Writer, name: str, layer: str, country: str) -> str:
    """A measure of a layer in a country, or a dash if the country has nothing of the layer."""
    there = writer.context.measures.find(name, layer=layer, country=country)
    return writer.measure(name, layer=layer, country=country) if there else NOTHING


def trade(writer: Writer) -> Table:
    """China's trade with each country, as stated by China and by the partner."""
    says = writer.text
    columns = [
        Column(says("column.country"), 20),
        Column(f"{says('fact.trade_usd')}, {writer.unit('billion_usd')}", 20, right=True),
        Column(says("fact.trade_share"), 17, right=True),
        Column(says("fact.trade_growth"), 17, right=True),
        Column(f"{says('series.trade_mirror')}, {writer.unit('billion_usd')}", 26, right=True),
    ]
    rows = []
    for country in writer.context.facts.rows("countries"):
        code = country["iso_a3"]
        of = {"subject": code, "period": TRADE_YEAR}
        if not writer.context.measures.find("trade_share_percent", **of):
            continue
        growth = {"subject": code, "period": f"{int(TRADE_YEAR) - 1}/{TRADE_YEAR}"}
        mirror = partner_row(writer.context.facts, code, TRADE_YEAR)
        rows.append(
            [
                writer.qualified(writer.country(code), writer.find("trade_billion_usd", of)),
                writer.measure("trade_billion_usd", caveats=False, **of),
                writer.measure("trade_share_percent", unit=True, caveats=False, **of),
                writer.measure("trade_growth_percent", unit=True, caveats=False, **growth),
                writer.measure("trade_billion_usd", **of, row=mirror["id"]) if mirror else NOTHING,
            ],
        )
    return Table(says("report.table.trade", TRADE_YEAR), columns, rows)


def gateways(writer: Writer) -> Table:
    """The gateways with figures in the facts, and the latest of each."""
    says = writer.text
    columns = [
        Column(says("column.gateway"), 30),
        Column(says("fact.border_with"), 14),
        Column(says("fact.gauge_change"), 15),
        Column(says("report.traffic"), 41),
    ]
    rows = []
    for port in writer.context.features["ports"].values():
        card = write_card("ports", port, writer.context)
        figures = [figure for figure in [*card.headline, *card.facts] if figure["label"].startswith("series.")]
        if figures:
            writer.cited |= {*str(port["source"]).split(";"), *card.sources}
            changes = (fact["name"][writer.lang] for fact in card.facts if fact["label"] == "fact.gauge_change")
            change = next(changes, None) or NOTHING
            others = str(port["border_with"] or "").split(";") if present(port["border_with"]) else []
            traffic = "; ".join(_figure(writer, figure) for figure in figures)
            border = ", ".join(map(writer.country, others)) or NOTHING
            rows.append([writer.name(f"ports/{port['id']}"), border, change, traffic])
    return Table(says("report.table.gateways"), columns, rows)


def _figure(writer: Writer, figure: Entry) -> str:
    """A figure of a card in words, with its period."""
    write = writer.bare if figure["unit"] in COUNTED else writer.amount
    value = write(figure["value"], figure["unit"], figure["digits"])
    bound = "number.about" if figure["about"] else "number.more_than" if "more" in figure else ""
    value = writer.text(bound, value) if bound else value
    when = [writer.date(figure["date"])]
    if "later" in figure:
        when.append(writer.text("series.later", writer.date(writer.context.as_of)))
    return f"{writer.text(figure['label'])}: {value} ({writer.text('list.and').join(when)})"


def flights(writer: Writer, origin: str = "ZLXY") -> Table:
    """Flights from an airport (ICAO)."""
    says = writer.text
    columns = [
        Column(says("fact.line"), 30),
        Column(says("fact.airline"), 28),
        Column(says("fact.since"), 16),
        Column(f"{says('fact.distance_km')}, {says('unit.km')}", 13, right=True),
        Column(f"{says('unit.hours')}, {says('number.about', '').strip()}", 13, right=True),
    ]
    routes = writer.context.features["flights"].values()
    known = sorted({route["origin"] for route in routes})
    if origin not in known:
        raise UsageError(not_among("error.report.flights", origin, known))
    rows = []
    for route in (route for route in routes if route["origin"] == origin):
        of = f"flights/{route['id']}"
        status = "" if route["status"] == "operational" else f" ({says('status.' + route['status']).lower()})"
        since = writer.date(route["opened"]) if present(route["opened"]) else NOTHING
        airline = says("list.and").join(route["airline"].split(";")) if present(route["airline"]) else NOTHING
        numbers = [writer.measure(name, feature=of) for name in ("distance_km", "hours_estimated")]
        rows.append([writer.name(of) + status, airline, since, *numbers])
    return Table(says("report.table.flights"), columns, rows)


def scenarios(writer: Writer) -> Table:
    """The declared scenarios, with the number of pairs by effect."""
    says = writer.text
    columns = [Column(says("scenario.choose"), 40)]
    columns += [Column(says(f"report.pairs.{effect}"), 12, right=True) for effect in CHANGES]
    columns += [Column(f"{says('scenario.saved')}, {says('unit.km')}", 14, right=True)]
    rows = []
    for result in writer.context.declared.results:
        entry = writer.context.declared.entries[result.name]
        pairs = [writer.measure("scenario_pairs", scenario=result.name, effect=effect) for effect in CHANGES]
        rows.append([entry.title[writer.lang], *pairs, writer.bare(result.totals["saved_km"], "km")])
    return Table(says("report.table.scenarios"), columns, rows)


def scenario(writer: Writer, name: str) -> Table:
    """The pairs that a scenario changes most."""
    says = writer.text
    result = writer.result(name)
    columns = [
        Column(says("column.from"), 26),
        Column(says("column.to"), 26),
        *(Column(says(f"column.{key}"), 16, right=True) for key in ("before_km", "after_km", "saved_km")),
    ]
    rows = [
        [
            writer.name(pair.start_id),
            writer.name(pair.end_id),
            *(NOTHING if km is None else writer.bare(km, "km") for km in (pair.before_km, pair.after_km)),
            NOTHING if pair.saved_km is None else writer.bare(pair.saved_km, "km"),
        ]
        for pair in result.changed()[:MOST_PAIRS]
    ]
    return Table(says("report.table.scenario", writer.context.declared.entries[name].title[writer.lang]), columns, rows)


def route(writer: Writer, start: str, end: str, modes: str = "rail,sea") -> Table:
    """The legs of the shortest route between two places."""
    says = writer.text
    found = writer.way(writer.request(start, end, modes))
    columns = [
        Column(says("column.mode"), 12),
        Column(says("column.line"), 42),
        Column(says("column.countries"), 24),
        Column(says("compare.km"), 11, right=True),
        Column(says("column.gauge"), 11, right=True),
    ]
    rows = [
        [
            says(f"route.mode.{leg.mode}"),
            writer.place(leg.line, leg.line_name) or NOTHING,
            ", ".join(map(writer.country, leg.countries)),
            writer.bare(leg.length_km, "km"),
            str(leg.gauge_mm or NOTHING),
        ]
        for leg in found.legs
    ]
    ends = (writer.place(found.start_id, found.start), writer.place(found.end_id, found.end))
    return Table(says("report.table.route", *ends), columns, rows)


def claims(writer: Writer) -> Table:
    """Every claim with its verdict."""
    says = writer.text
    columns = [
        Column(says("column.label"), 40),
        Column(says("claims.stated"), 20),
        Column(says("claims.recomputed"), 22),
        Column(says("column.verdict"), 18),
    ]
    rows = []
    for claim in writer.claims():
        writer.cited |= set(claim.sources)
        rows.append([claim.label, claim.stated_text, claim.recomputed_text, says(f"verdict.{claim.verdict}")])
    return Table(says("report.table.claims"), columns, rows)


def layers(writer: Writer) -> Table:
    """The layers: their size, their confidence, and their licence."""
    says = writer.text
    columns = [
        Column(says("column.layer"), 24),
        Column(says("column.features"), 13, right=True),
        Column(says("column.accuracy_km"), 18, right=True),
        Column(says("column.low_confidence"), 18, right=True),
        Column(says("column.licence"), 27),
    ]
    rows = []
    for name, frame in writer.context.layers.items():
        accuracy = frame["accuracy_m"].dropna()
        rows.append(
            [
                writer.context.catalog.layer_title(name)[writer.lang],
                writer.measure("features", layer=name),
                writer.number(float(accuracy.median()) / 1000, 1) if len(accuracy) else NOTHING,
                writer.number(int((frame["confidence"] == "low").sum())),
                writer.context.catalog.layers[name].licence,
            ],
        )
    return Table(says("report.table.layers"), columns, rows)


def datasets(writer: Writer) -> Table:
    """The data sets that the atlas is compiled from, with their licences."""
    says = writer.text
    columns = [
        Column(says("report.dataset"), 46),
        Column(says("report.producer"), 30),
        Column(says("column.licence"), 24),
    ]
    rows = [[link(one.title, one.url), one.producer, one.licence] for one in writer.context.catalog.datasets.values()]
    return Table(says("report.table.datasets"), columns, rows)


def link(title: str, url: str | None) -> Markdown:
    """A title that links to its address, if it has a web address."""
    if not url or not url.startswith(("https://", "http://")):
        return markdown_text(title)
    return Markdown(f"[{markdown_text(title)}](<{quote(url, safe=':/?#@!$&*+,;=%~')}>)")


TABLES: Mapping[str, Callable[..., Table]] = {
    "corridors": corridors, "network": network, "trade": trade, "gateways": gateways, "flights": flights,
    "scenarios": scenarios, "scenario": scenario, "route": route, "claims": claims, "layers": layers,
    "datasets": datasets,
}  # fmt: skip
"""The tables by name."""
