"""The symbols of points in one style: SVG primitives in a box of 16 by 16, with strokes of 1.5 px.

Fills and strokes are roles: ``current`` is the colour of the class, ``paper`` that of the land, ``standard`` and ``broad``
the colours of the two gauges.
"""

from collections.abc import Mapping, Sequence

SYMBOLS: Mapping[str, Sequence[tuple[str, Mapping[str, str]]]] = {
    "dry_port": [
        ("rect", {"x": "2", "y": "3", "width": "12", "height": "10", "fill": "paper", "stroke": "current"}),
        ("path", {"d": "M5.5 5.5v5M8 5.5v5M10.5 5.5v5", "fill": "none", "stroke": "current"}),
    ],
    "border_crossing": [
        ("path", {"d": "M1.5 8h13", "fill": "none", "stroke": "current", "stroke-width": "1.5"}),
        ("path", {"d": "M6 3v10M10 3v10", "fill": "none", "stroke": "current", "stroke-width": "2"}),
    ],
    "break_of_gauge": [
        ("path", {"d": "M8 2.25a5.75 5.75 0 0 0 0 11.5z", "fill": "standard", "stroke": "none"}),
        ("path", {"d": "M8 2.25a5.75 5.75 0 0 1 0 11.5z", "fill": "broad", "stroke": "none"}),
        ("circle", {"cx": "8", "cy": "8", "r": "5.75", "fill": "none", "stroke": "paper", "stroke-width": "1"}),
        ("path", {"d": "M8 2v12", "fill": "none", "stroke": "paper", "stroke-width": "1"}),
    ],
    "sea_port": [
        ("circle", {"cx": "8", "cy": "3.5", "r": "1.75", "fill": "paper", "stroke": "current"}),
        ("path", {"d": "M8 5.25v8.25M5 7.5h6M2.5 9.5a5.5 4.25 0 0 0 11 0", "fill": "none", "stroke": "current"}),
    ],
    "airport": [
        (
            "path",
            {
                "d": "M8 1.5c.7 0 1.1.8 1.1 1.7v3.3l5.4 3.4v1.5l-5.4-1.7v2.8l1.5 1.1v1.1L8 13.9l-2.6.8v-1.1l1.5-1.1V9.7l-5.4 1.7V9.9l5.4-3.4V3.2c0-.9.4-1.7 1.1-1.7z",
                "fill": "current",
                "stroke": "paper",
                "stroke-width": "0.75",
            },
        ),
    ],
    "logistics_hub": [
        (
            "polygon",
            {"points": "8,1.75 13.4,4.9 13.4,11.1 8,14.25 2.6,11.1 2.6,4.9", "fill": "paper", "stroke": "current"},
        ),
        ("circle", {"cx": "8", "cy": "8", "r": "2", "fill": "current", "stroke": "none"}),
    ],
    "free_zone": [
        (
            "rect",
            {
                "x": "2.5",
                "y": "2.5",
                "width": "11",
                "height": "11",
                "fill": "paper",
                "stroke": "current",
                "stroke-width": "1.5",
            },
        ),
        ("path", {"d": "M5 8.3l2.2 2.2L11.2 6", "fill": "none", "stroke": "current"}),
    ],
    "inland_customs": [
        (
            "path",
            {
                "d": "M8 2l5.5 2v4c0 3.2-2.3 5.2-5.5 6.25C4.8 13.2 2.5 11.2 2.5 8V4z",
                "fill": "paper",
                "stroke": "current",
            },
        ),
        ("path", {"d": "M5.5 8h5", "fill": "none", "stroke": "current"}),
    ],
    "city": [
        ("circle", {"cx": "8", "cy": "8", "r": "5", "fill": "current", "stroke": "paper", "stroke-width": "1.5"}),
    ],
    "capital": [
        ("circle", {"cx": "8", "cy": "8", "r": "6.5", "fill": "paper", "stroke": "current", "stroke-width": "1.5"}),
        ("circle", {"cx": "8", "cy": "8", "r": "3.5", "fill": "current", "stroke": "none"}),
    ],
    "station": [
        ("circle", {"cx": "8", "cy": "8", "r": "4.5", "fill": "paper", "stroke": "current", "stroke-width": "2.5"}),
    ],
    "place": [
        ("path", {"d": "M8 3l5 5-5 5-5-5z", "fill": "current", "stroke": "paper", "stroke-width": "1"}),
    ],
    "summit": [
        ("path", {"d": "M8 1.5l6.5 6.5L8 14.5 1.5 8z", "fill": "paper", "stroke": "current"}),
        ("path", {"d": "M8 5l3 3-3 3-3-3z", "fill": "current", "stroke": "none"}),
    ],
    "school": [
        ("path", {"d": "M8 2l6 6-6 6-6-6z", "fill": "paper", "stroke": "current"}),
        ("path", {"d": "M5.5 8.5h5M8 6v5", "fill": "none", "stroke": "current"}),
    ],
    "site": [
        ("path", {"d": "M8 2.5L13.5 8 8 13.5 2.5 8z", "fill": "paper", "stroke": "current"}),
    ],
}
"""Primitives by symbol: element name and attributes."""
