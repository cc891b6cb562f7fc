"""folium's plugins, and the legend of its Choropleth, to plain data for a page that draws them itself.

A plugin is refused by name if it has an option that the page cannot honour. So nothing of it is lost in silence.
"""

import math
from collections.abc import Collection, Mapping

import folium
from branca.colormap import StepColormap
from branca.element import Element
from folium.plugins import Fullscreen, HeatMap, MarkerCluster, MeasureControl, MiniMap, MousePosition
from folium.utilities import camelize

from corridors.locales import message
from corridors.web.options import Json, checked_colour, options_from, plain_value, positions
from corridors.web.refusal import refused
from corridors.web.safe_html import plain_text

_POSITIONS = ("topleft", "topright", "bottomleft", "bottomright")
_CLUSTER = frozenset({"maxClusterRadius", "disableClusteringAtZoom", "zoomToBoundsOnClick"})
_HEAT = frozenset({"minOpacity", "maxZoom", "radius", "blur", "gradient"})
_MOUSE = frozenset({"position", "separator", "emptyString", "lngFirst", "numDigits", "prefix"})
_FULLSCREEN = frozenset({"position", "title", "titleCancel", "forceSeparateButton"})
_PIXELS = ("width", "height", "collapsedWidth", "collapsedHeight")
_MINIMAP = frozenset(
    {*_PIXELS, "position", "zoomLevelOffset", "zoomLevelFixed", "centerFixed", "zoomAnimation", "toggleDisplay"}
    | {"autoToggleDisplay", "minimized"}
)
_LENGTHS = ("meters", "kilometers", "feet", "miles")
_AREAS = ("sqmeters", "hectares", "acres", "sqfeet", "sqmiles")
_UNITS: Mapping[str, Collection[str]] = {
    "primaryLengthUnit": _LENGTHS,
    "secondaryLengthUnit": _LENGTHS,
    "primaryAreaUnit": _AREAS,
    "secondaryAreaUnit": _AREAS,
}
_MEASURE_COLOURS = ("activeColor", "completedColor")
_HEX = "#{:02x}{:02x}{:02x}"


def cluster_data(cluster: MarkerCluster) -> dict[str, object]:
    """Return the options of a cluster. Its markers are described like those of a group."""
    if cluster.icon_create_function is not None:
        raise refused(cluster, "error.draw.jscode")
    return {"type": "marker_cluster", "options": _options(cluster, _CLUSTER)}


def heat_data(heat: HeatMap) -> dict[str, object]:
    """Return the points of a heat map (latitude, longitude in degrees, weight), and its options."""
    options = _options(heat, _HEAT)
    gradient = options.get("gradient")
    if isinstance(gradient, Mapping):
        options["gradient"] = {str(float(stop)): plain_text(colour) for stop, colour in gradient.items()}
    points = [[float(number) for number in point] for point in heat.data]
    if not all(math.isfinite(number) for point in points for number in point):
        raise refused(heat, "error.draw.number", "inf", remedy=message("remedy.leave"))
    return {"type": "heat_map", "points": points, "options": options}


def mouse_data(control: MousePosition) -> dict[str, object]:
    """Return the options of the control that shows the pointer's position."""
    if control.lat_formatter != "undefined" or control.lng_formatter != "undefined":
        raise refused(control, "error.draw.jscode")
    return {"type": "mouse_position", "options": _placed(_options(control, _MOUSE), control)}


def fullscreen_data(control: Fullscreen) -> dict[str, object]:
    """Return nothing but the type: the page has a button for the full screen, in the reader's language."""
    _options(control, _FULLSCREEN)
    return {"type": "fullscreen"}


def minimap_data(control: MiniMap) -> dict[str, object]:
    """Return the options of the small map, which shows the page's own basemap: pixels, and zooms of Leaflet.

    `centerFixed` is False, or latitude and longitude in degrees.
    """
    if control.tile_layer.tiles != folium.TileLayer().tiles:  # folium's own if none was given
        raise refused(control, "error.draw.option", "tile_layer", remedy=message("remedy.leave"))
    options = _placed(_options(control, _MINIMAP), control)
    for name in (*_PIXELS, "zoomLevelOffset", "zoomLevelFixed"):
        value = options.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float) or (name in _PIXELS and value < 0):
            raise refused(control, "error.draw.number", f"{name}={value}", remedy=message("remedy.leave"))
    if options.get("centerFixed"):
        options["centerFixed"] = positions(options["centerFixed"], control)
    return {"type": "mini_map", "options": options}


def measure_data(control: MeasureControl) -> dict[str, object]:
    """Return the options of the control that measures lengths and areas: its units by folium's names, its colours."""
    options = _placed(_options(control, frozenset({"position", *_UNITS, *_MEASURE_COLOURS})), control)
    for name, units in _UNITS.items():
        _check_word(options, name, units, control)
    for name in _MEASURE_COLOURS:
        if name in options:
            options[name] = checked_colour(options[name], control)
    return {"type": "measure_control", "options": options}


def scale_data(choropleth: folium.Choropleth) -> dict[str, object]:
    """Return the legend of a choropleth: its caption, the colour of each step, and the edges of the steps."""
    scale = choropleth.color_scale
    if not isinstance(scale, StepColormap):
        return {}
    colors = [_HEX.format(*(round(255 * channel) for channel in color[:3])) for color in scale.colors]
    edges = plain_value(list(scale.index), choropleth)
    return {"scale": {"caption": plain_text(scale.caption or ""), "colors": colors, "edges": edges}}


def _options(element: Element, drawn: Collection[str]) -> dict[str, Json]:
    """Return the options of a plugin; refuse it if it has one that the page cannot honour."""
    given: Mapping[str, object] = getattr(element, "options", {})
    for name in given:
        if camelize(name) not in drawn:
            raise refused(element, "error.draw.option", plain_text(name), remedy=message("remedy.leave"))
    return options_from(given, drawn, element)


def _placed(options: dict[str, Json], element: Element) -> dict[str, Json]:
    _check_word(options, "position", _POSITIONS, element)
    return options


def _check_word(options: Mapping[str, Json], name: str, words: Collection[str], element: Element) -> None:
    """Raise if an option is given and is none of the words."""
    if name in options and options[name] not in words:
        raise refused(element, "error.draw.option", name, remedy=message("error.draw.remedy.one_of", words))
