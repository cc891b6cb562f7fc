"""folium's GeoJson to plain data: geometry, and for each feature its style, highlight, tooltip and popup.

Style and highlight functions run here, in Python, once for each feature. The page does not receive the properties. It
receives only those that tooltips and popups show, as plain text.
"""

import json
from collections.abc import Callable, Collection, Mapping, Sequence

import folium
from branca.element import Element
from folium.features import DivIcon, GeoJsonPopup, GeoJsonTooltip
from folium.map import Icon

from corridors.errors import UsageError
from corridors.locales import message
from corridors.web.options import CIRCLE, LINE, MARKER, Json, checked_colour, options_from, plain_value
from corridors.web.popups import icon_data, labels_of, popup, tooltip, value_cell
from corridors.web.refusal import children_of, known_class, refused
from corridors.web.safe_html import Node, nodes_from_html, nodes_from_text

_STYLE = LINE | CIRCLE
YEARS = range(1700, 2101)
_GEOMETRIES = frozenset({"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"})


def feature_layer_data(layer: folium.GeoJson) -> dict[str, object]:
    """Return the data that the page needs to draw a GeoJson layer. The layer and its data are not changed."""
    features = features_of(layer.data, layer)
    data: dict[str, object] = {
        "type": "geojson",
        "data": {"type": "FeatureCollection", "features": [_geometry_only(feature, layer) for feature in features]},
        "styles": styles_of(features, layer),
        "options": options_from(layer.options, LINE, layer),
        **labels_of(layer),
    }
    if layer.smooth_factor is not None:
        data["smooth_factor"] = plain_value(layer.smooth_factor, layer)
    if highlights := highlights_of(features, layer):
        data["highlights"] = highlights
        data["keep_highlighted"] = bool(layer.popup_keep_highlighted)
    if layer.zoom_on_click:
        data["zoom_on_click"] = True
    if layer.marker is not None:
        data["marker"] = _marker_data(layer.marker)
    for child in children_of(layer):
        if isinstance(child, GeoJsonTooltip):
            tables = _tables(child, features)
            data["tooltips"] = [tooltip(table, child.tooltip_options, child, style=_css(child)) for table in tables]
        elif isinstance(child, GeoJsonPopup):
            tables = _tables(child, features)
            data["popups"] = [popup(table, child.popup_options, child, style=_css(child)) for table in tables]
    return data


def features_of(data: object, layer: folium.GeoJson) -> list[Mapping[str, object]]:
    """Return the features of a collection, of a single feature or geometry, or of a list of these."""
    if isinstance(data, Sequence) and not isinstance(data, str):
        return [feature for part in data for feature in features_of(part, layer)]
    if not isinstance(data, Mapping) or "type" not in data:
        raise refused(layer, "error.draw.no_geojson", remedy=message("error.draw.remedy.no_geojson"))
    if data["type"] == "FeatureCollection":
        return features_of(data.get("features") or [], layer)
    return [data] if data["type"] == "Feature" else [{"type": "Feature", "properties": {}, "geometry": data}]


def _geometry_only(feature: Mapping[str, object], layer: folium.GeoJson) -> dict[str, object]:
    return {"type": "Feature", "properties": {}, "geometry": _geometry(feature.get("geometry"), layer)}


def _geometry(geometry: object, layer: folium.GeoJson) -> dict[str, Json] | None:
    if geometry is None:
        return None
    if isinstance(geometry, Mapping):
        kind = geometry.get("type")
        if kind == "GeometryCollection":
            parts = (_geometry(part, layer) for part in geometry.get("geometries") or [])
            return {"type": kind, "geometries": [part for part in parts if part is not None]}
        if kind in _GEOMETRIES:
            coordinates = plain_value(geometry.get("coordinates"), layer)
            if coordinates == []:
                return None  # an empty geometry: Leaflet ignores a missing one, but fails at an empty point
            if _are_coordinates(coordinates):
                return {"type": str(kind), "coordinates": coordinates}
    raise _no_geometry(geometry, layer)


def geometry_of(feature: Mapping[str, object], layer: folium.GeoJson) -> Mapping[str, object] | None:
    """Return the geometry of a feature as it is, or raise if it has something else."""
    geometry = feature.get("geometry")
    if geometry is None or isinstance(geometry, Mapping):
        return geometry
    raise _no_geometry(geometry, layer)


def _no_geometry(geometry: object, layer: folium.GeoJson) -> UsageError:
    return refused(layer, "error.draw.geometry", str(geometry)[:80], remedy=message("error.draw.remedy.geometry"))


def _are_coordinates(value: Json) -> bool:
    if not isinstance(value, list) or not value:
        return value == []
    if isinstance(value[0], list):
        return all(_are_coordinates(item) for item in value)
    return len(value) > 1 and all(isinstance(item, int | float) for item in value)


def properties_of(feature: Mapping[str, object]) -> Mapping[str, object]:
    """Return the properties of a feature, which may have none."""
    properties = feature.get("properties")
    return properties if isinstance(properties, Mapping) else {}


def _styling(layer: folium.GeoJson, feature: Mapping[str, object]) -> object:
    # Without a style function, folium takes the style from the feature's own properties.
    function: Callable[[Mapping[str, object]], object] | None = layer.style_function if layer.style else None
    return function(feature) if function else properties_of(feature).get("style")


def styles_of(features: Sequence[Mapping[str, object]], layer: folium.GeoJson) -> list[dict[str, object]]:
    """Return the checked style of each feature."""
    return _checked([_styling(layer, feature) for feature in features], layer)


def highlights_of(features: Sequence[Mapping[str, object]], layer: folium.GeoJson) -> list[dict[str, object]]:
    """Return the checked style of each feature while the pointer is on it; nothing if it does not change."""
    return _checked([layer.highlight_function(feature) for feature in features], layer) if layer.highlight else []


def _checked(given: Sequence[object], layer: folium.GeoJson) -> list[dict[str, object]]:
    """Return checked styles. Those that are alike are one."""
    distinct: dict[str, dict[str, object]] = {}
    # Equal text is equal data here: 1, 1.0 and True are equal and not written alike.
    return [distinct.get(key) or distinct.setdefault(key, _style(one, layer)) for one in given for key in [repr(one)]]


def _style(given: object, layer: folium.GeoJson) -> dict[str, object]:
    if not isinstance(given, Mapping):
        return {}
    style: dict[str, object] = dict(options_from(given, _STYLE, layer, camel=False))
    icon = known_class(layer.marker.icon) if layer.marker is not None and layer.marker.icon is not None else None
    if icon is DivIcon and given.get("html") is not None:
        style["html"] = nodes_from_html(given["html"])
    elif icon is Icon:
        for name, shown in (("markerColor", "pin"), ("iconColor", "dot")):
            if given.get(name) is not None:
                style[shown] = checked_colour(given[name], layer)
    return style


def _marker_data(marker: folium.Marker) -> dict[str, object]:
    if isinstance(marker, folium.Circle | folium.CircleMarker):
        kind = "circle" if isinstance(marker, folium.Circle) else "circle_marker"
        return {"type": kind, "options": options_from(marker.options, CIRCLE, marker)}
    return {"type": "marker", "options": options_from(marker.options, MARKER, marker), "icon": icon_data(marker.icon)}


def marker_options(layer: folium.GeoJson) -> dict[str, Json]:
    """Return the options of the circles of fixed size that mark points. Raise ValueError if something else does."""
    if not isinstance(layer.marker, folium.CircleMarker) or isinstance(layer.marker, folium.Circle):
        raise ValueError(type(layer.marker))  # noqa: TRY004 - it is no mistake
    return options_from(layer.marker.options, CIRCLE, layer.marker)


def _css(label: Element) -> object:
    return getattr(label, "style", None)


def label_fields(label: GeoJsonTooltip | GeoJsonPopup, features: Sequence[Mapping[str, object]]) -> set[str]:
    """Return those fields of a tooltip or popup that are years.

    Raises
    ------
    UsageError
        If no feature has one of its fields.
    """
    known = {key for feature in features for key in properties_of(feature)}
    missing = [str(field) for field in label.fields if field not in known]
    if features and missing:
        available = sorted(map(str, known - {"style", "highlight"}))
        remedy = message("error.draw.remedy.one_of", available) if available else message("remedy.leave")
        raise refused(label, "error.draw.fields", missing, remedy=remedy)
    return {field for field in label.fields if _are_years([properties_of(feature).get(field) for feature in features])}


def _tables(label: GeoJsonTooltip | GeoJsonPopup, features: Sequence[Mapping[str, object]]) -> list[list[Node]]:
    """Return for each feature the table of fields that a tooltip or popup shows."""
    years = label_fields(label, features)
    return [_table(label, properties_of(feature), years) for feature in features]


def _are_years(values: Sequence[object]) -> bool:
    """Whether all numbers of a field may be years. Years never get a thousands separator."""
    numbers = [value for value in values if isinstance(value, int | float) and value == value]  # noqa: PLR0124 - NaN
    return all(float(value).is_integer() and value in YEARS for value in numbers)


def _table(
    label: GeoJsonTooltip | GeoJsonPopup, properties: Mapping[str, object], years: Collection[str]
) -> list[Node]:
    rows: list[Node] = []
    for field, alias in zip(label.fields, label.aliases, strict=True):
        value = properties.get(field)
        if isinstance(value, Mapping | list | tuple):
            value = json.dumps(value, ensure_ascii=False, default=str)
        localize = label.localize and field not in years
        cells: list[Node] = [{"tag": "td", "children": value_cell(value, localize=localize)}]
        if label.labels:
            cells.insert(0, {"tag": "th", "children": nodes_from_text(alias)})
        rows.append({"tag": "tr", "children": cells})
    return [{"tag": "table", "children": rows}] if rows else []
