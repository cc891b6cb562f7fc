"""Which folium elements our pages can draw, and why others are refused.

folium turns an element into script with a template. Here elements are only read and not rendered. So an element can be
drawn if its class is known, and if it has no template or `render` of its own.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import cast
from urllib.parse import urlsplit

import folium
from branca.colormap import ColorMap, StepColormap
from branca.element import Element, Html
from folium.elements import ElementAddToElement
from folium.features import CustomIcon, DivIcon, GeoJsonPopup, GeoJsonTooltip, VegaLite
from folium.map import Class, Icon, Popup, Tooltip
from folium.plugins import Fullscreen, HeatMap, MarkerCluster, MeasureControl, MiniMap, MousePosition
from folium.utilities import JsCode

from corridors.errors import UsageError
from corridors.locales import Message, message
from corridors.web.tiles import origins_of

_LABELS: tuple[type[Element], ...] = (Popup, Tooltip)
_ICONS: tuple[type[Element], ...] = (CustomIcon, Icon, DivIcon)
_LAYERS: tuple[type[Element], ...] = (
    folium.Circle,
    folium.CircleMarker,
    folium.Marker,
    folium.PolyLine,
    folium.Polygon,
    folium.Rectangle,
    folium.GeoJson,
    folium.FeatureGroup,
    folium.TileLayer,
    folium.Choropleth,
    HeatMap,
    MarkerCluster,
)

_CONTROLS: tuple[type[Element], ...] = (
    folium.LayerControl,
    folium.FitBounds,
    Fullscreen,
    MousePosition,
    MiniMap,
    MeasureControl,
)

# The elements that are allowed directly inside others. An element without a row (a popup, an icon, a control) has none.
_INSIDE: Mapping[type[Element], tuple[type[Element], ...]] = {
    folium.Map: (*_LAYERS, *_CONTROLS),
    folium.Choropleth: (folium.GeoJson, StepColormap),
    MarkerCluster: (folium.Marker, folium.CircleMarker),
    folium.FeatureGroup: (*_LAYERS, *_LABELS),
    folium.GeoJson: (*_LABELS, GeoJsonTooltip, GeoJsonPopup),
    folium.Marker: (*_LABELS, *_ICONS),
    folium.Circle: _LABELS,
    folium.CircleMarker: _LABELS,
    folium.PolyLine: _LABELS,
    folium.Polygon: _LABELS,
    folium.Rectangle: _LABELS,
}
_KNOWN: tuple[type[Element], ...] = (*_INSIDE, *_LABELS, *_ICONS, GeoJsonTooltip, GeoJsonPopup)
_KNOWN_LEAVES: tuple[type[Element], ...] = (*_CONTROLS, folium.TileLayer, HeatMap, StepColormap)

# Elements that folium itself adds to an element that was drawn on one of its own maps.
_TRACES = (ElementAddToElement, folium.Marker.SetIcon)

# Classes that name their remote files inside `render`, where they can be read only by running it.
_HIDDEN_FILES: Mapping[type[Element], str] = {
    ColorMap: "https://cdnjs.cloudflare.com/ajax/libs/d3/3.5.5/d3.min.js",
    VegaLite: "https://cdn.jsdelivr.net/npm/vega-embed",
}

_OTHER = message("error.draw.remedy.other")


def children_of(element: Element) -> list[Element]:
    """Return the elements that were added to an element, in order, without those that folium adds when it draws."""
    held: Collection[Element] = element._children.values()  # noqa: SLF001  (branca has no public way to ask)
    return [child for child in held if not isinstance(child, _TRACES)]


def known_class(element: object) -> type[Element] | None:
    """Return the folium class of an element, or None if it has its own way of drawing."""
    for ancestor in type(element).__mro__:
        if ancestor in _KNOWN or ancestor in _KNOWN_LEAVES:
            return ancestor
        if "_template" in vars(ancestor) or "render" in vars(ancestor):
            return None
    return None


def refuse_undrawable(element: object, *, inside: type[Element] = folium.Map, tiles: Collection[str] = ()) -> None:
    """Raise if an element, or anything in it, cannot be drawn on a page that runs only its own script.

    Parameters
    ----------
    element
        The element to add.
    inside
        The folium class of the element that it is added to.
    tiles
        Origins (`https://host`) of the tile servers that the map may use.

    Raises
    ------
    UsageError
        If it cannot be drawn. The message names the class of the element, what it would have loaded or run, and the
        remedy.
    """
    drawn_as = known_class(element)
    if drawn_as is None or drawn_as is folium.Map or not isinstance(element, Element):
        raise UsageError(message("error.draw", _foreign(element), _OTHER))
    if drawn_as not in _INSIDE[inside]:
        raise refused(element, "error.draw.inside", inside.__name__, remedy=message("error.draw.remedy.inside"))
    _refuse_script(element)
    _refuse_files(element, tiles)
    if isinstance(element, Popup):
        _refuse_foreign_content(element)
    if isinstance(element, folium.GeoJson) and element.marker is not None:
        refuse_undrawable(element.marker, inside=folium.FeatureGroup)
    for child in children_of(element):
        refuse_undrawable(child, inside=drawn_as, tiles=tiles)


def refused(element: object, key: str, *values: object, remedy: Message = _OTHER) -> UsageError:
    """Return the error that names an element, why it cannot be drawn (a message with values) and the remedy."""
    return UsageError(message("error.draw", message(key, type(element).__name__, *values), remedy))


def _foreign(element: object) -> Message:
    name = type(element).__name__
    if isinstance(element, folium.Map):
        return message("error.draw.map", name)
    files = list(_remote_files(element))
    return message("error.draw.files", name, files) if files else message("error.draw.script", name)


def _remote_files(element: object) -> Iterator[str]:
    """Yield the addresses of files that an element would load: its scripts and style sheets, or those of its parts."""
    links = [*getattr(element, "default_js", ()), *getattr(element, "default_css", ())]
    links += [("", url) for kind, url in _HIDDEN_FILES.items() if isinstance(element, kind)]
    links += [("", url) for url in (getattr(element, "url", None),) if isinstance(url, str) and urlsplit(url).netloc]
    if not links and isinstance(element, Element) and not isinstance(element, folium.Map):
        for child in children_of(element):
            yield from _remote_files(child)
    for _, url in links:
        yield _place(url)


def _place(url: str) -> str:
    """Return host and path of an address; of inline data only its beginning; a file's name unchanged."""
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path}" if parts.netloc else url[:60]


def _refuse_script(element: Element) -> None:
    included = cast("Mapping[object, object]", Class._includes)  # noqa: SLF001  (asking the class would add an entry)
    if included.get(type(element)):
        raise refused(element, "error.draw.include")
    if any(_holds_script(value) for value in vars(element).values()):
        raise refused(element, "error.draw.jscode")


def _holds_script(value: object) -> bool:
    if isinstance(value, JsCode):
        return True
    if isinstance(value, Mapping):
        return any(_holds_script(item) for item in value.values())
    # Long lists are coordinates; options that may contain script are short.
    return isinstance(value, list | tuple) and any(isinstance(item, JsCode) for item in value[:20])


def _refuse_files(element: Element, tiles: Collection[str]) -> None:
    if isinstance(element, folium.TileLayer):
        _refuse_closed_tiles(element, tiles)
    elif isinstance(element, CustomIcon):
        _refuse_remote_image(element)
    elif isinstance(element, folium.GeoJson) and element.embed_link is not None:
        remedy = message("error.draw.remedy.embed")
        raise refused(element, "error.draw.loads", _place(element.embed_link), remedy=remedy)


def _refuse_closed_tiles(layer: folium.TileLayer, tiles: Collection[str]) -> None:
    url = str(layer.tiles)
    origins = origins_of(url, layer.options.get("subdomains", "abc"))
    if not origins or not set(origins) <= set(tiles):
        raise refused(layer, "error.draw.tiles", url, remedy=message("error.draw.remedy.tiles"))


def _refuse_remote_image(icon: CustomIcon) -> None:
    for key in ("icon_url", "shadow_url"):
        url = str(icon.options.get(key) or "data:image/")
        if not url.startswith("data:image/"):
            raise refused(icon, "error.draw.image", _place(url), remedy=message("error.draw.remedy.image"))


def _refuse_foreign_content(popup: Popup) -> None:
    for content in children_of(popup.html):
        if type(content) is not Html:
            remedy = message("error.draw.remedy.popup")
            raise refused(content, "error.draw.popup", _foreign(content), remedy=remedy)
