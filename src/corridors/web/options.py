"""Leaflet's options for a page, read from folium's elements as plain JSON values.

Each kind of layer has a list of allowed options for drawing. Others are left out. Some of Leaflet's options (`content`,
`html`, `iconUrl`, a class name) would use a string as markup, as an address, or as a style of the page.
"""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from typing import TypeAlias

import numpy as np
from folium.utilities import JsCode, camelize

from corridors.locales import message
from corridors.web.refusal import refuse_undrawable, refused
from corridors.web.safe_html import plain_text

Json: TypeAlias = bool | int | float | str | list["Json"] | dict[str, "Json"] | None


def _names(words: str) -> frozenset[str]:
    return frozenset(words.split())


_INTERACTION = _names("interactive bubblingMouseEvents pane")
PATH = _INTERACTION | _names(
    "stroke color weight opacity lineCap lineJoin dashArray dashOffset fill fillColor fillOpacity fillRule"
)
LINE = PATH | frozenset({"smoothFactor", "noClip"})
CIRCLE = PATH | frozenset({"radius"})
MARKER = _INTERACTION | _names("title alt opacity keyboard riseOnHover riseOffset zIndexOffset draggable autoPan")
TOOLTIP = _names("offset direction permanent sticky opacity")
POPUP = _names(
    "minWidth maxHeight offset keepInView autoPan autoPanPadding autoPanPaddingTopLeft autoPanPaddingBottomRight"
    " closeButton autoClose closeOnEscapeKey closeOnClick"
)
IMAGE_ICON = _names("iconUrl iconSize iconAnchor popupAnchor tooltipAnchor shadowUrl shadowSize shadowAnchor")
DIV_ICON = _names("iconSize iconAnchor popupAnchor tooltipAnchor")
TILES = _names(
    "minZoom maxZoom minNativeZoom maxNativeZoom noWrap subdomains detectRetina tms opacity zIndex zoomOffset"
    " zoomReverse tileSize bounds crossOrigin"
)
LAYER_CONTROL = _names("position collapsed autoZIndex hideSingleBase sortLayers")
FIT = _names("padding paddingTopLeft paddingBottomRight maxZoom")
MAP = _names(
    "minZoom maxZoom maxBounds zoomControl scrollWheelZoom dragging doubleClickZoom boxZoom keyboard touchZoom"
)

_COLOURS = frozenset({"color", "fillColor"})
# A colour written as an SVG attribute is parsed as CSS: no quotes, escapes or functions that name a file.
_COLOUR = re.compile(r"[\w#%.,()/\s+-]*")
_LATITUDE_AND_LONGITUDE = 2
_PANES = _names("mapPane tilePane overlayPane shadowPane markerPane tooltipPane popupPane")


def options_from(
    given: Mapping[str, object], drawn: Collection[str], owner: object, *, camel: bool = True
) -> dict[str, Json]:
    """Return the options for drawing, with Leaflet's names, without empty ones.

    Parameters
    ----------
    given
        Options as folium stores them, in snake_case or camelCase. They are not changed.
    drawn
        Leaflet's names of the options to keep.
    owner
        The element of the options, for the message about an option that cannot be drawn.
    camel
        False if folium passes names unchanged (in the results of style functions).

    Raises
    ------
    UsageError
        If an option contains script, an element that needs files, an invalid colour, or an unknown pane.
    """
    kept: dict[str, Json] = {}
    for key, value in given.items():
        name = camelize(key) if camel else str(key)
        plain = plain_value(value, owner)
        if plain is None or name not in drawn:
            continue
        if name in _COLOURS and isinstance(plain, str):
            plain = checked_colour(plain, owner)
        if name == "pane" and plain not in _PANES:
            raise refused(owner, "error.draw.pane", repr(value), remedy=message("error.draw.remedy.pane"))
        kept[name] = plain
    return kept


def checked_colour(colour: object, owner: object) -> str:
    """Return a colour, or raise if it is not one or names a file."""
    text = plain_text(colour).strip()
    if not _COLOUR.fullmatch(text) or "url(" in text.lower():
        raise refused(owner, "error.draw.colour", repr(text[:60]), remedy=message("error.draw.remedy.colour"))
    return text


def plain_value(value: object, owner: object) -> Json:
    """Return a value as JSON has it, from Python or numpy types. Raise if it is script or an element."""
    if isinstance(value, np.ndarray | np.generic):
        value = value.tolist()
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            raise refused(owner, "error.draw.number", str(value), remedy=message("remedy.leave"))
        return value
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, Mapping):
        return {plain_text(key): plain_value(item, owner) for key, item in value.items()}
    if isinstance(value, Iterable):
        return [plain_value(item, owner) for item in value]
    if isinstance(value, JsCode):
        raise refused(owner, "error.draw.jscode")
    refuse_undrawable(value)
    raise refused(owner, "error.draw.option", type(value).__name__, remedy=message("remedy.leave"))


def positions(locations: object, owner: object) -> Json:
    """Return locations (latitude, longitude in degrees; nested lists as folium keeps them) as plain numbers."""
    plain = plain_value(locations, owner)
    if not _is_positions(plain):
        raise refused(owner, "error.draw.at", str(locations)[:80], remedy=message("error.draw.remedy.at"))
    return plain


def _is_positions(value: Json) -> bool:
    if not isinstance(value, list) or not value:
        return False
    if all(isinstance(item, int | float) and not isinstance(item, bool) for item in value):
        return len(value) >= _LATITUDE_AND_LONGITUDE
    return all(_is_positions(item) for item in value)
