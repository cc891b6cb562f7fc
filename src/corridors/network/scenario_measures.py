"""The effects of the declared scenarios, as measures: the numbers that maps quote."""

from collections.abc import Iterable, Iterator

from corridors.data.facts import Facts
from corridors.data.scenarios import LINE_TABLES
from corridors.measures.measure import Measure, sources_of
from corridors.network.scenario_result import ScenarioResult

MOST_PAIRS = 24
"""How many pairs of a scenario become measures: those that change most."""

METHOD = "The one best way of each pair by {by} over {modes}; every pair weighs the same"
EFFECTS = ("better", "worse", "joined", "cut", "same")


def scenario_measures(results: Iterable[ScenarioResult], facts: Facts) -> Iterator[Measure]:
    """Pairs by effect, shares of gateways, and the kilometres and hours of the pairs that change most."""
    for result in results:
        sources = sources_of(_sources(result, facts))
        method = METHOD.format(by=result.by, modes=" and ".join(result.modes))
        totals = result.totals
        for effect in EFFECTS:
            of = {"scenario": result.name, "effect": effect}
            yield Measure("scenario_pairs", totals[effect], "pairs", of, method, sources)
        connected = sum(pair.before_km is not None for pair in result.pairs)
        of = {"scenario": result.name, "effect": "connected_before"}
        yield Measure("scenario_pairs", connected, "pairs", of, method, sources)
        for gate in result.gateways:
            for when, share in (("before", gate.share_before), ("after", gate.share_after)):
                of = {"scenario": result.name, "gateway": gate.feature, "mode": gate.mode, "when": when}
                yield Measure("gateway_share_percent", share, "percent", of, method, sources)
        for pair in result.changed()[:MOST_PAIRS]:
            whens = (("before", pair.before_km, pair.before_hours), ("after", pair.after_km, pair.after_hours))
            for when, km, hours in whens:
                of = {"scenario": result.name, "from": pair.start_id, "to": pair.end_id, "when": when}
                if km is not None:
                    yield Measure("scenario_km", km, "km", of, method, sources)
                if hours is not None:
                    yield Measure("scenario_hours", hours, "hours", of, method, sources)


def _sources(result: ScenarioResult, facts: Facts) -> Iterator[str]:
    """The sources of the opened and closed lines and ports."""
    for name in (*result.opened, *result.closed):
        layer, _, rest = name.partition("/")
        row = facts.by_id(LINE_TABLES.get(layer, layer))[rest.partition(":")[0]]
        yield ";".join(row["source"])
