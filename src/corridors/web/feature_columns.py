"""A large GeoJson of folium to layers that a page draws from columns: its styles are their classes.

Style and highlight functions run here, once for each feature. The page receives the fields that tooltips and popups
show, as columns, and rules for what the pointer does.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import NoneType
from typing import Any, TypedDict

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
from folium.features import GeoJsonPopup, GeoJsonTooltip
from numpy.typing import NDArray

from corridors.content.facet_types import Words
from corridors.content.page_types import ClassEntry, Geometry
from corridors.content.vector_layers import DRAWN, PageLayer, Wanted, vector_layers
from corridors.data.geojson import CRS
from corridors.locales import LANGUAGES, translations
from corridors.web.feature_layer import (
    features_of,
    geometry_of,
    highlights_of,
    label_fields,
    marker_options,
    properties_of,
    styles_of,
)
from corridors.web.frames import EXACT_BELOW, json_value
from corridors.web.geojson_shapes import shapes_of
from corridors.web.options import LINE, options_from
from corridors.web.popups import labels_of, popup, tooltip, value_cell
from corridors.web.refusal import children_of
from corridors.web.safe_html import plain_text, safe_style

LARGE = 500
"""A GeoJson with more features than this becomes columns."""

MOST_STYLES = 1024
"""A GeoJson with more different styles than this does not become columns."""

MOST_VALUES = 12
"""A property explains the styles if it has at most so many values, and each value has one style."""

STEP = 1e-6
"""Degrees of one step of the coordinates: about a tenth of a metre, since folium's maps have deep zooms."""

_IDLE: Mapping[str, tuple[object, ...]] = {
    "lineCap": ("round",),
    "lineJoin": ("round",),
    "fillRule": ("evenodd",),
    "dashOffset": ("0", 0),
    "interactive": (True,),
}
"""Options that change nothing if they have these values."""

_EASED = frozenset({"smoothFactor", "noClip", "bubblingMouseEvents"})
"""Options for Leaflet's own drawing."""

_DRAWN = frozenset({"stroke", "color", "weight", "opacity", "dashArray", "fill", "fillColor", "fillOpacity", "radius"})
_NUMBERS = re.compile(r"[\d.]+(?:[\s,]+[\d.]+)*")


def column_layers(
    layer: folium.GeoJson, taken: Sequence[str], *, name: str, on: bool
) -> tuple[list[PageLayer], dict[str, object]] | None:
    """Return the layers of a GeoJson, and the element that shows and hides them.

    Parameters
    ----------
    layer
        The GeoJson. It is not changed.
    taken
        Ids that other layers of the page have.
    name
        Its name for readers.
    on
        Whether the page shows it at first.

    Returns
    -------
    tuple or None
        None if it has few features, or if columns cannot keep the effect of something in it.

    Raises
    ------
    UsageError
        If a style, a tooltip or a popup cannot be drawn on any page.
    """
    features = features_of(layer.data, layer)
    if len(features) <= LARGE:
        return None
    try:
        pointer, fields = _pointer(layer, features)
        frame = gpd.GeoDataFrame(
            {plain_text(field): _column(features, field, localized=localized) for field, localized in fields.items()},
            geometry=shapes_of([geometry_of(feature, layer) for feature in features]),
            crs=CRS,
        )
        found = list(vector_layers(plain_text(name), frame, Wanted(step=STEP), taken))
        looks, codes = _looks(layer, features)
        said = _titles(codes, len(looks), features)
        layers = [replace(_styled(one, layer, looks, codes, said, on=on), pointer=pointer) for one in found]
    except ValueError:  # the way of other elements keeps everything
        return None
    if not all(one.sizes is None or np.isfinite(one.sizes).all() for one in found):
        return None  # some positions are not on Earth
    return layers, {"type": "columns", "layers": [one.id for one in layers]}


def _looks(
    layer: folium.GeoJson, features: Sequence[Mapping[str, object]]
) -> tuple[list[tuple[dict[str, object], dict[str, object] | None]], NDArray[np.int64]]:
    """Return the different styles with their highlights, the most frequent first, and the place of each feature's."""
    styles = styles_of(features, layer)
    highlights: Sequence[dict[str, object] | None] = highlights_of(features, layer) or [None] * len(features)
    keys = [f"{style!r} {highlight!r}" for style, highlight in zip(styles, highlights, strict=True)]
    places = {key: place for place, (key, _) in enumerate(Counter(keys).most_common())}
    if len(places) > MOST_STYLES:
        raise ValueError(len(places))
    looks = dict(zip(keys, zip(styles, highlights, strict=True), strict=True))
    return [looks[key] for key in places], np.array([places[key] for key in keys], dtype=np.int64)


def _styled(
    page_layer: PageLayer,
    layer: folium.GeoJson,
    looks: Sequence[tuple[dict[str, object], dict[str, object] | None]],
    codes: NDArray[np.int64],
    said: Sequence[Words] | None,
    *,
    on: bool,
) -> PageLayer:
    """Return a layer with a class for each style that its features have."""
    kind = page_layer.kind
    used, own = np.unique(codes[page_layer.frame.index.to_numpy()], return_inverse=True)
    common = marker_options(layer) if kind == "point" else options_from(layer.options, LINE, layer)
    classes: dict[str, ClassEntry] = {}
    for nth, place in enumerate(used.tolist()):
        style, highlight = looks[place]
        path = _path({**common, **style}, kind)
        entry: ClassEntry = {
            "title": said[place] if said else page_layer.group["title"],
            "geometry": kind,
            "z": DRAWN[kind],
            "style": {"path": path, "width": path["width"], "size": 2 * path["radius"] + path["width"]},
            "on": on,
        }
        if highlight is not None:
            entry["style"]["highlight"] = _path({**common, **style, **highlight}, kind)
        classes[f"{page_layer.id}.{nth}"] = entry
    group = page_layer.group.copy()
    group["classes"] = list(classes)
    if said is None and len(classes) > 1:
        group["together"] = True
    return replace(page_layer, classes=classes, codes=own.astype(np.int64), group=group)


class _Path(TypedDict):
    """How Leaflet draws a path: lengths in pixels, opacities from 0 to 1."""

    color: object
    width: float
    opacity: float
    dash: list[float]
    fill: object
    fillOpacity: float
    radius: float


def _path(options: Mapping[str, Any], kind: Geometry) -> _Path:
    """Return what Leaflet's options of a path draw: colours, lengths in pixels, opacities; no width, no stroke."""
    for key, value in options.items():
        if key not in _DRAWN | _EASED and value not in _IDLE.get(key, ()):
            raise ValueError(key)
    filled = options.get("fill", kind != "line")
    if filled and kind == "line":
        raise ValueError(kind)  # Leaflet would fill the line
    color = options.get("color", "#3388ff")
    return {
        "color": color,
        "width": float(options.get("weight", 3)) if options.get("stroke", True) else 0.0,
        "opacity": float(options.get("opacity", 1)),
        "dash": _dash(options.get("dashArray")),
        "fill": (options.get("fillColor") or color) if filled else None,
        "fillOpacity": float(options.get("fillOpacity", 0.2)),
        "radius": float(options.get("radius", 10)),
    }


def _dash(dash: object) -> list[float]:
    text = ",".join(map(str, dash)) if isinstance(dash, list) else str(dash or "")
    if text and not _NUMBERS.fullmatch(text.strip()):
        raise ValueError(text)
    return [float(part) for part in re.split(r"[\s,]+", text.strip()) if part]


def _titles(codes: NDArray[np.int64], count: int, features: Sequence[Mapping[str, object]]) -> list[Words] | None:
    """Return a title for each style: the values of the property that gives it; None if there is no such property."""
    if count == 1:
        return None
    best: dict[object, int] | None = None
    for name in properties_of(features[0]):
        given = _styles_by_value(codes, [properties_of(feature).get(name) for feature in features])
        if given is not None and len(given) >= count and (best is None or len(given) < len(best)):
            best = given
    if best is None:
        return None
    values: list[list[object]] = [[value for value, code in best.items() if code == place] for place in range(count)]
    return [_listed(each) for each in values]


def _styles_by_value(codes: NDArray[np.int64], values: Sequence[object]) -> dict[object, int] | None:
    """Return the style of each value of a property, if each has one and there are few."""
    found: dict[object, int] = {}
    for value, code in zip(values, codes.tolist(), strict=True):
        if not isinstance(value, str | int | NoneType) or found.setdefault(value, code) != code:
            return None
        if len(found) > MOST_VALUES:
            return None
    return found


def _listed(values: Sequence[object]) -> Words:
    missing = translations("vector.missing")
    return {
        language: ", ".join(missing[language] if value is None else plain_text(value) for value in values)
        for language in LANGUAGES
    }


def _pointer(
    layer: folium.GeoJson, features: Sequence[Mapping[str, object]]
) -> tuple[dict[str, object], dict[str, bool]]:
    """Return what the pointer does, and the fields that are shown, each with whether its numbers are localised."""
    labels = labels_of(layer)
    fields: dict[str, bool] = {}
    for child in children_of(layer):
        if not isinstance(child, GeoJsonTooltip | GeoJsonPopup):
            continue
        years = label_fields(child, features)
        for field in child.fields:
            fields[field] = fields.get(field, False) or (child.localize and field not in years)
        if isinstance(child, GeoJsonTooltip):
            which, common = "tooltip", tooltip([], child.tooltip_options, child)
        else:
            which, common = "popup", popup([], child.popup_options, child)
        labels[which] = common | {
            "style": safe_style(getattr(child, "style", None) or "")[0],
            "fields": [
                {
                    "name": plain_text(field),
                    "alias": plain_text(alias) if child.labels else None,
                    "localize": child.localize and field not in years,
                }
                for field, alias in zip(child.fields, child.aliases, strict=True)
            ],
        }
    for label in labels.values():
        if label.get("show") or label["options"].get("permanent"):
            raise ValueError(label)  # open at first, for each feature
    rules: dict[str, object] = {**labels}
    if layer.zoom_on_click:
        rules["zoom"] = True
    if layer.highlight and layer.popup_keep_highlighted:
        rules["keep"] = True
    return rules, fields


def _column(features: Sequence[Mapping[str, object]], field: str, *, localized: bool) -> "pd.Series[Any]":
    """Return a property as a column of truth values, numbers or texts, which are shown as folium shows them."""
    values = [properties_of(feature).get(field) for feature in features]
    plain = {str, int, float, bool, NoneType}
    if not {type(value) for value in values} <= plain:
        values = [_plain(value) for value in values]
    kinds = {type(value) for value in values} - {NoneType}
    if kinds == {bool}:
        return pd.Series(values, dtype="boolean")
    if kinds <= {int, float} and not any(isinstance(value, int) and abs(value) >= EXACT_BELOW for value in values):
        return pd.Series(np.array(values, dtype=np.float64))
    if kinds == {str}:
        return pd.Series([None if value is None else plain_text(value) for value in values], dtype=object)
    if localized:
        raise ValueError(field)
    texts = ["".join(map(str, value_cell(value, localize=False))) for value in values]
    return pd.Series([text or None for text in texts], dtype=object)


def _plain(value: object) -> object:
    value = json_value(value)
    return json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, Mapping | list) else value
