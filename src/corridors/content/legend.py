"""The legend of a map: its groups with the statistics of their layers."""

from collections.abc import Iterator, Sequence

from corridors.content.corridor_features import LAYER as CORRIDORS
from corridors.content.page_types import Entry, Group
from corridors.content.style import StyleClass
from corridors.data.catalog import LayerEntry
from corridors.data.iso import country_name
from corridors.data.kinds import Kind
from corridors.locales import LANGUAGES, translations
from corridors.measures.measure import Measures

MODES = {"rail": "rail", "roads": "road", "pipelines": "pipeline", "ferries": "ferry"}
"""The kind of line that the kilometres of a layer measure."""


def legend_group(
    layer: str,
    classes: Sequence[StyleClass],
    about: LayerEntry,
    measures: Measures,
    *,
    unfolded: bool,
    kind: Kind | None = None,
) -> Group:
    """One group of the legend, with the statistics, credit and licence of its layer."""
    compared = layer == CORRIDORS
    counted: Entry = {"label": "stat.features", "value": len(classes), "unit": "", "digits": 0}
    return {
        "id": layer,
        "layer": layer,
        "title": translations("compare.group") if compared else kind.title if kind else translations(f"layer.{layer}"),
        "open": unfolded,
        "classes": [each.id for each in classes],
        "stats": [counted] if compared else list(_stats(layer, measures, kind)),
        "credit": about.credit,
        "licence": about.licence,
        "precision": about.precision,
    }


STAT_NAMES = {
    "features": ("", 0),
    "track_km": ("km", 0),
    "measured_km": ("km", 0),
    "on_tracks_percent": ("percent", 0),
    "area_km2": ("km2", 0),
    "published_share_percent": ("percent", 0),
    "winding_factor": ("", 2),
    "winding_error_percent": ("percent", 0),
    "official_km": ("km", 0),
    "length_ratio": ("", 2),
    "electrified_share_percent": ("percent", 1),
}
"""The statistics of a layer's card, with unit and digits."""


def _stats(layer: str, measures: Measures, kind: Kind | None) -> Iterator[Entry]:
    """The statistics of a layer: in total, and kilometres or features by country, gauge, status and kind."""
    for name, (unit, digits) in STAT_NAMES.items():
        found = measures.find(name, layer=layer)
        if found is not None:
            yield {"label": f"stat.{name}", "value": found.value, "unit": unit, "digits": digits}
    name = "track_km" if layer in MODES else kind.measured or "features" if kind else "features"
    for by in ("gauge", "status", "commodity", "kind", *(kind.stats if kind else ()), "country"):
        found_by = [measure for measure in measures if measure.name == name and set(measure.by) == {"layer", by}]
        of_layer = [measure for measure in found_by if measure.by["layer"] == layer]
        for measure in sorted(of_layer, key=lambda measure: -measure.value):
            unit, digits = STAT_NAMES[name]
            yield {
                "label": f"stat.{name}",
                "by": [by, measure.by[by]],
                "value": measure.value,
                "unit": unit,
                "digits": digits,
            }


def country_names(code: str) -> dict[str, str]:
    """A country's name in every language."""
    return {language: country_name(code, language) for language in LANGUAGES}
