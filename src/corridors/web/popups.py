"""What belongs to an element of a layer, as plain data: its icon, its popup on a click, its tooltip on hovering."""

import math
from collections.abc import Mapping
from typing import Any

from branca.element import Element
from folium.features import CustomIcon, DivIcon
from folium.map import Icon, Popup, Tooltip

from corridors.web.frames import EXACT_BELOW, json_value
from corridors.web.options import DIV_ICON, IMAGE_ICON, POPUP, TOOLTIP, Json, checked_colour, options_from
from corridors.web.refusal import children_of, known_class
from corridors.web.safe_html import Node, nodes_from_html, nodes_from_text, safe_style


def icon_data(icon: Element | None) -> dict[str, object]:
    """Return a marker's icon: a pin in a colour, a piece of rich text, or an embedded image.

    The sign on folium's pins (`icon="cloud"`) is a character of a font from the web. Here a pin has a dot in the sign's
    colour.
    """
    kind = known_class(icon)
    options: Mapping[str, object] = getattr(icon, "options", {})
    if kind is CustomIcon:
        return {"type": "image", "options": options_from(options, IMAGE_ICON, icon)}
    if kind is DivIcon:
        drawn = options_from(options, DIV_ICON, icon)
        # Leaflet's own class draws a white box. Any other class would use the page's styles.
        boxed = "leaflet-div-icon" in str(options.get("class_name", "")).split()
        return {"type": "div", "html": nodes_from_html(options.get("html", "")), "boxed": boxed, "options": drawn}
    if kind is not Icon:
        return {"type": "pin", "color": "blue", "dot": "white"}
    return {
        "type": "pin",
        "color": checked_colour(options.get("marker_color", "blue"), icon),
        "dot": checked_colour(options.get("icon_color", "white"), icon),
    }


def labels_of(element: Element) -> dict[str, dict[str, Any]]:
    """Return the tooltip and the popup of an element. If there are several, the last counts, as in Leaflet."""
    labels: dict[str, dict[str, Any]] = {}
    for child in children_of(element):
        if isinstance(child, Tooltip):
            labels["tooltip"] = _tooltip_data(child)
        elif isinstance(child, Popup):
            labels["popup"] = _popup_data(child)
    return labels


def tooltip(
    content: list[Node], options: Mapping[str, object], owner: Element, *, style: object = None
) -> dict[str, object]:
    """Return a tooltip's data from its content and its options in folium."""
    drawn = options_from(options, TOOLTIP, owner)
    sticky = drawn.pop("sticky", True)
    return {"content": _styled(content, style), "sticky": bool(sticky), "options": drawn}


def popup(
    content: list[Node],
    options: Mapping[str, object],
    owner: Element,
    *,
    style: object = None,
    show: bool = False,
) -> dict[str, object]:
    """Return a popup's data; `max_width` is in pixels, or None if folium has a percentage."""
    return {
        "content": _styled(content, style),
        "max_width": _pixels(options.get("max_width", options.get("maxWidth"))),
        "show": show,
        "options": options_from(options, POPUP, owner),
    }


def value_cell(value: object, *, localize: bool) -> list[Node]:
    """Return a property's value as a browser would write it, or as a number that the page formats."""
    value = json_value(value)
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return []
    if isinstance(value, bool):
        return [str(value).lower()]
    if isinstance(value, int | float):
        if localize and math.isfinite(value):
            return [{"number": value}]
        whole = isinstance(value, float) and value.is_integer() and abs(value) < EXACT_BELOW
        return [str(int(value) if whole else value)]
    return nodes_from_text(value)


def _tooltip_data(element: Tooltip) -> dict[str, object]:
    return tooltip(nodes_from_html(element.text), element.options, element, style=getattr(element, "style", None))


def _popup_data(element: Popup) -> dict[str, object]:
    content: list[Node] = []
    for part in children_of(element.html):
        # folium adds a backslash before each backtick, for a script that is never made here
        data = str(getattr(part, "data", "")).replace("\\`", "`")
        content += nodes_from_html(data) if getattr(part, "script", False) else nodes_from_text(data)
    return popup(content, element.options, element, show=bool(element.show))


def _styled(content: list[Node], style: object) -> list[Node]:
    declarations, _ = safe_style(style or "")
    return [{"tag": "div", "style": declarations, "children": content}] if declarations else content


def _pixels(width: object) -> Json:
    text = str(width).removesuffix("px")
    return int(text) if text.isdecimal() else None
