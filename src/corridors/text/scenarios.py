"""Scenarios to words: the pairs that change most, the gateways, and the totals, in any of the languages."""

from collections.abc import Mapping

import geopandas as gpd

from corridors.locales import counted, messages, number, rounded
from corridors.network.scenario_result import CHANGES, MOST_ROWS, PAIR_COLUMNS, ScenarioResult
from corridors.text.output import Format, rows_text

GATE_COLUMNS = ("gateway", "mode", "share_before_percent", "share_after_percent")

Layers = Mapping[str, gpd.GeoDataFrame]


def scenario_text(result: ScenarioResult, layers: Layers, output: Format, *, language: str) -> str:
    """Write two tables and a sentence with the totals. Kilometres and hours are whole numbers.

    Names of places are in the language, or in English if the facts have no other name.
    """
    tables = [
        (_pair_rows(result, layers, language), PAIR_COLUMNS),
        (_gate_rows(result, layers, language), GATE_COLUMNS),
    ]
    parts = [rows_text(rows, output, name="", language=language, columns=names) for rows, names in tables if rows]
    return "\n\n".join([*parts, totals_text(result, language)])


def totals_text(result: ScenarioResult, language: str) -> str:
    """The totals of a scenario, in one sentence."""
    totals = result.totals
    values = [number(totals[effect], 0, language) for effect in CHANGES]
    for saved in (totals["saved_km"], totals["saved_hours"]):
        sign = "−" if saved > 0 else "+" if saved < 0 else "±"
        values.append(sign + number(abs(saved), 0, language))
    return counted(f"scenario.totals.{result.by}", totals["pairs"], language, *values)


def loose_ends_text(result: ScenarioResult, layers: Layers, language: str) -> str:
    """The stations where an opened line ends and no running line continues; empty if there are none."""
    ends = ", ".join(_name(layers, feature, language) for feature in result.ends)
    return messages(language)["scenario.loose_ends"].replace("{0}", ends) if ends else ""


def _pair_rows(result: ScenarioResult, layers: Layers, language: str) -> list[dict[str, object]]:
    """The pairs that change most."""
    return [
        {"from": _name(layers, pair.start_id, language), "to": _name(layers, pair.end_id, language)}
        | {name: None if value is None else int(rounded(value)) for name, value in pair.amounts.items()}
        for pair in result.changed()[:MOST_ROWS]
    ]


def _gate_rows(result: ScenarioResult, layers: Layers, language: str) -> list[dict[str, object]]:
    """The gateways, with their shares."""
    return [
        {
            "gateway": _name(layers, gate.feature, language) or gate.name,
            "mode": messages(language)[f"mode.{gate.mode}"],
            "share_before_percent": gate.share_before,
            "share_after_percent": gate.share_after,
        }
        for gate in result.gateways
    ]


def _name(layers: Layers, feature: str, language: str) -> str:
    """The name of a feature in a language, or in English."""
    layer, _, name = feature.partition("/")
    found = layers[layer].loc[layers[layer]["id"] == name].to_dict("records")
    return str(found[0].get(f"name_{language}") or found[0]["name_en"]) if found else ""
