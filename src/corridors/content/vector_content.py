"""Layers of a reader's own data to the content of a page: legend, filters, view, and a basemap below them."""

from collections.abc import Sequence

from corridors.content.facet_types import Filter
from corridors.content.page_types import ClassEntry, Content, View
from corridors.content.symbols import SYMBOLS
from corridors.content.vector_layers import PageLayer, bounds_of
from corridors.geo.frame import FRAME

MARGIN = 0.03
"""The empty edge of the first view, as share of its width and height."""

LEAST = 0.005
"""The least width and height of the first view, in degrees: about 500 m."""

ONE_PLACE, SURROUNDINGS = 1e-4, 4.0
"""Features within so many degrees are one place (10 m). Its first view is so many degrees wide and high."""

MOST_NORTH = 85.0
"""The limit of Web Mercator, in degrees."""


def vector_content(layers: Sequence[PageLayer]) -> Content:
    """The content of a page for some layers, as keys that a page adds to its own."""
    classes: dict[str, ClassEntry] = {}
    for layer in layers:
        classes.update(layer.classes)
    return {
        "classes": classes,
        "symbols": SYMBOLS,
        "map": {
            "groups": [layer.group for layer in layers],
            "filters": _filters(layers),
            "view": _view(layers),
            "credit": "Natural Earth",
        },
    }


def _filters(layers: Sequence[PageLayer]) -> list[Filter]:
    """The filters of all layers. Columns of one name have one filter, if all of them have the same kind of filter."""
    found: dict[str, Filter] = {}
    for one in (each for layer in layers for each in layer.filters):
        known = found.setdefault(one["property"], one)
        if known is one or known.get("unit") != one.get("unit") or ("range" in known) != ("range" in one):
            continue
        merged: Filter = {**known, "values": list(dict.fromkeys([*known["values"], *one["values"]]))}
        if "range" in known and "range" in one:
            edges = [*known["range"], *one["range"]]
            merged["range"] = [min(edges), max(edges)]
        found[one["property"]] = merged
    return list(found.values())


def _view(layers: Sequence[PageLayer]) -> View:
    """The first view: all features, with a margin. One place alone is seen in its surroundings."""
    west, south, east, north = bounds_of(layers) or FRAME
    least = SURROUNDINGS if max(east - west, north - south) < ONE_PLACE else LEAST
    wide, high = (max((least - size) / 2, size * MARGIN) for size in (east - west, north - south))
    edges = [west - wide, max(-MOST_NORTH, south - high), east + wide, min(MOST_NORTH, north + high)]
    bounds = [round(edge, 5) for edge in edges]
    return {"bounds": bounds, "narrow": bounds}
