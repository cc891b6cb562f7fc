"""folium's own elements to plain data, from which the page's script builds them again in Leaflet.

folium's objects are only read and never rendered. So no name, popup, tooltip, property or attribution is executed as a
template in Python, or reaches the page as markup or script. Locations are latitude, longitude in degrees (WGS84), as in
folium and Leaflet. The geometry of a GeoJson layer stays longitude, latitude.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import folium
from branca.element import Element
from folium.map import Layer
from folium.plugins import Fullscreen, HeatMap, MarkerCluster, MeasureControl, MiniMap, MousePosition

from corridors.content.vector_layers import PageLayer
from corridors.web.feature_columns import column_layers
from corridors.web.feature_layer import feature_layer_data
from corridors.web.options import (
    CIRCLE,
    FIT,
    LAYER_CONTROL,
    LINE,
    MARKER,
    PATH,
    TILES,
    options_from,
    plain_value,
    positions,
)
from corridors.web.plugins import (
    cluster_data,
    fullscreen_data,
    heat_data,
    measure_data,
    minimap_data,
    mouse_data,
    scale_data,
)
from corridors.web.popups import icon_data, labels_of
from corridors.web.refusal import children_of, known_class, refuse_undrawable, refused
from corridors.web.safe_html import nodes_from_html, plain_text


def describe(
    element: Element,
    *,
    tiles: Collection[str] = (),
    front: Sequence[Element] = (),
    layers: list[PageLayer] | None = None,
) -> dict[str, object]:
    """Return an element of a map, and everything that was added to it, as plain data.

    Parameters
    ----------
    element
        A folium Marker, Circle, CircleMarker, PolyLine, Polygon, Rectangle, GeoJson, FeatureGroup, TileLayer,
        Choropleth, LayerControl, FitBounds, MarkerCluster, HeatMap, MousePosition, MiniMap, MeasureControl or
        Fullscreen. It is not changed.
    tiles
        Origins (`https://host`) of the tile servers that the map may use.
    front
        Layers that stay in front, the last one on top.
    layers
        The layers of the page with columns. Those of a GeoJson with many features are added to them. None: all
        features become elements.

    Raises
    ------
    UsageError
        If the element, or one in it, cannot be drawn on a page that runs only its own script.
    """
    refuse_undrawable(element, tiles=tiles)
    return _described(element, front, layers)


def _described(
    element: Element, front: Sequence[Element], layers: list[PageLayer] | None, *, shown: bool = True
) -> dict[str, object]:
    drawn_as = known_class(element)
    if drawn_as is None:  # refused before
        raise refused(element, "error.draw.script")
    in_front = any(layer is element for layer in front)
    shown = shown and bool(getattr(element, "show", True))
    data = None
    if isinstance(element, folium.GeoJson) and layers is not None and not in_front:
        data = _columns(element, layers, shown=shown)
    if data is None:
        data = _READERS[drawn_as](element)
    if isinstance(element, folium.FeatureGroup | MarkerCluster):
        alone = in_front or "tooltip" in data or "popup" in data
        inside = [child for child in children_of(element) if _is_layer(child)]
        data["children"] = [_described(child, front, None if alone else layers, shown=shown) for child in inside]
    if isinstance(element, Layer):
        data |= _layer_data(element)
    places = [place for place, layer in enumerate(front) if layer is element]
    if places:
        data["front"] = places[-1]
    return data


def _columns(layer: folium.GeoJson, layers: list[PageLayer], *, shown: bool) -> dict[str, object] | None:
    """Add the layers of a GeoJson, and return the element for them; None if it does not become columns."""
    name = str(_layer_data(layer)["name"])
    found = column_layers(layer, [each.id for each in layers], name=name, on=shown)
    if found is None:
        return None
    layers.extend(found[0])
    return found[1]


def _is_layer(element: Element) -> bool:
    return known_class(element) in _READERS


def _layer_data(layer: Layer) -> dict[str, object]:
    # folium names a layer without a name after its random id. Here the name is its class.
    unnamed = layer.layer_name.endswith(f"_{layer._id}") if isinstance(layer.layer_name, str) else False  # noqa: SLF001
    data: dict[str, object] = {
        "name": type(layer).__name__ if unnamed else plain_text(layer.layer_name),
        "show": bool(layer.show),
        "overlay": bool(layer.overlay),
        "control": bool(layer.control),
    }
    credit = getattr(layer, "options", {}).get("attribution")
    if credit:
        data["attribution"] = nodes_from_html(credit)
    return data


def _marker(marker: folium.Marker) -> dict[str, object]:
    return {
        "type": "marker",
        "location": positions(marker.location, marker),
        "options": options_from(marker.options, MARKER, marker),
        "icon": icon_data(marker.icon),
        "draggable": bool(marker.options.get("draggable", False)),
        **labels_of(marker),
    }


def _circle(kind: str) -> Callable[[folium.Circle | folium.CircleMarker], dict[str, object]]:
    def read(circle: folium.Circle | folium.CircleMarker) -> dict[str, object]:
        return {
            "type": kind,
            "location": positions(circle.location, circle),
            "options": options_from(circle.options, CIRCLE, circle),
            **labels_of(circle),
        }

    return read


def _path(
    kind: str, drawn: Collection[str] = LINE
) -> Callable[[folium.PolyLine | folium.Polygon | folium.Rectangle], dict[str, object]]:
    def read(path: folium.PolyLine | folium.Polygon | folium.Rectangle) -> dict[str, object]:
        return {
            "type": kind,
            "locations": positions(path.locations, path),
            "options": options_from(path.options, drawn, path),
            **labels_of(path),
        }

    return read


def _feature_group(group: folium.FeatureGroup) -> dict[str, object]:
    return {"type": "feature_group", "options": options_from(group.options, PATH, group), **labels_of(group)}


def _choropleth(layer: folium.Choropleth) -> dict[str, object]:
    return {**_feature_group(layer), **scale_data(layer)}


def _tile_layer(layer: folium.TileLayer) -> dict[str, object]:
    url = plain_text(layer.tiles)
    # Leaflet fills any placeholder of the template with the option of the same name.
    placeholders = frozenset(name for name in layer.options if f"{{{name}}}" in url)
    return {"type": "tile_layer", "url": url, "options": options_from(layer.options, TILES | placeholders, layer)}


def _layer_control(control: folium.LayerControl) -> dict[str, object]:
    options: dict[str, object] = dict(options_from(control.options, LAYER_CONTROL, control))
    return {"type": "layer_control", "options": options, "draggable": bool(control.draggable)}


def _fit_bounds(fit: folium.FitBounds) -> dict[str, object]:
    return {
        "type": "fit_bounds",
        "bounds": positions(plain_value(fit.bounds, fit), fit),
        "options": options_from(fit.options, FIT, fit),
    }


_READERS: Mapping[type[Element], Callable[[Any], dict[str, object]]] = {
    folium.Marker: _marker,
    folium.Circle: _circle("circle"),
    folium.CircleMarker: _circle("circle_marker"),
    folium.PolyLine: _path("polyline"),
    folium.Polygon: _path("polygon"),
    folium.Rectangle: _path("rectangle"),
    folium.GeoJson: feature_layer_data,
    folium.FeatureGroup: _feature_group,
    folium.TileLayer: _tile_layer,
    folium.Choropleth: _choropleth,
    MarkerCluster: cluster_data,
    HeatMap: heat_data,
    MousePosition: mouse_data,
    MiniMap: minimap_data,
    MeasureControl: measure_data,
    Fullscreen: fullscreen_data,
    folium.LayerControl: _layer_control,
    folium.FitBounds: _fit_bounds,
}
