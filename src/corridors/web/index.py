"""All maps side by side: one page with small pictures, drawn from the same features in the same style."""

import math
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import shapely
from jinja2 import Environment, Template
from shapely.geometry.base import BaseGeometry

from corridors.content.look import dash_of
from corridors.content.page_types import Content
from corridors.content.palette import palette, palette_css
from corridors.content.style import INK
from corridors.locales import LANGUAGES, counted, date, language_name, translations
from corridors.web.policy import asset, policy_of

WIDTH, HEIGHT = 480.0, 300.0
MARGIN, LEAST_HOP = 20.0, 1.5
OUTSIDE_X, OUTSIDE_Y = (-MARGIN, WIDTH + MARGIN), (-MARGIN, HEIGHT + MARGIN)
"""Pixels of the small pictures: their size, the margin around them, and the shortest hop of a drawn line."""

THINNER = 0.6
"""The factor for widths of lines in small pictures, and the factor for lengths of their dashes."""


def index_html(contents: Sequence[Content], *, language: str, claims: int = 0) -> str:
    """The index page of the maps with the given contents (see ``content``), in its first language.

    The page contains all languages. Without script it shows the first one. If there are claims, it links to their page.
    """
    style = palette_css(["light"]) + asset("index.css")
    code = asset("index.js")
    maps = [
        {
            "href": f"{content['map']['id']}.html",
            "title": content["map"]["title"],
            "statement": content["map"]["statement"],
            "picture": list(_shapes(content)),
        }
        for content in contents
    ]
    words = {
        key: translations(key) for key in ("index.title", "index.lead", "ui.language", "ui.as_of", "ui.disclaimer")
    }
    page = _template().render(
        lang=language,
        langs=[(code, language_name(code)) for code in LANGUAGES],
        words=words,
        as_of={language: date(contents[0]["map"]["asOf"], language) for language in LANGUAGES},
        maps=maps,
        claims=claims and {code: counted("index.claims", claims, code) for code in LANGUAGES},
        width=WIDTH,
        height=HEIGHT,
        sea=palette("light").sea,
        land=palette("light").land,
        style=style,
        script=code,
        policy=policy_of(scripts=[code], styles=[style]),
    )
    return page + "\n"


@cache
def _template() -> Template:
    """The template of the index. It is our own file, and data only fills its placeholders."""
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(asset("index.html.j2"))


def _mercator(lat: float) -> float:
    """Northing of a latitude in the spherical Mercator projection, in degrees at the equator."""
    return math.degrees(math.log(math.tan(math.radians(45 + max(-85.0, min(85.0, lat)) / 2))))


class _Window:
    """Converts degrees to pixels of a small picture that shows a map's first view."""

    def __init__(self, bounds: Sequence[float]) -> None:
        west, south, east, north = bounds
        top, bottom = _mercator(north), _mercator(south)
        self.scale = min(WIDTH / (east - west), HEIGHT / (top - bottom))
        self.left = west - (WIDTH / self.scale - (east - west)) / 2
        self.top = top + (HEIGHT / self.scale - (top - bottom)) / 2

    def pixels(self, shape: BaseGeometry) -> list[tuple[float, float]]:
        """The vertices of a shape in pixels."""
        return [
            ((lon - self.left) * self.scale, (self.top - _mercator(lat)) * self.scale)
            for lon, lat in shapely.get_coordinates(shape).tolist()
        ]

    def path(self, line: BaseGeometry, *, closed: bool = False) -> str:
        """The SVG path of a line or ring; empty if it is outside the picture or smaller than a pixel.

        Parts far outside are drawn along a margin around the picture, where they are not visible.
        """
        step = 1 if closed else 0.1
        kept: list[tuple[float, float]] = []
        for x, y in self.pixels(line):
            near = (min(max(x, -MARGIN), WIDTH + MARGIN), min(max(y, -MARGIN), HEIGHT + MARGIN))
            if not kept or abs(near[0] - kept[-1][0]) + abs(near[1] - kept[-1][1]) >= LEAST_HOP:
                kept.append(near)
        if len(kept) < 2 or all(x in OUTSIDE_X or y in OUTSIDE_Y for x, y in kept):  # noqa: PLR2004 - a line has two ends
            return ""
        whole = [(round(x / step), round(y / step)) for x, y in kept]
        (left, top), *_ = whole
        steps = [f"{(x - x0) * step:g} {(y - y0) * step:g}" for (x0, y0), (x, y) in pairwise(whole)]
        return f"M{left * step:g} {top * step:g}l" + " ".join(steps) + ("Z" if closed else "")


def _shapes(content: Content) -> Iterator[dict[str, str | float | None]]:
    """The shapes of a map's small picture, from the lowest: land, water, then the classes that are on at first."""
    window = _Window(content["map"]["view"]["bounds"])
    basemap = content["basemap"]
    for name, fill in (("land", "land"), ("lakes", "sea")):
        rings = [window.path(ring, closed=True) for ring in shapely.get_rings(getattr(basemap, name))]
        yield {"d": "".join(rings), "fill": fill}
    borders = [window.path(line) for line in basemap.borders]
    yield {"d": "".join(borders), "stroke": palette("light").border, "width": 0.7}
    classes = content["classes"]
    first = next((one["id"] for one in content["map"].get("scenarios", ())), None)
    shown = [
        feature
        for feature in content["features"]
        if classes[feature["class"]]["on"] and feature.get("scenario", first) == first
    ]
    for feature in sorted(shown, key=lambda feature: classes[feature["class"]]["z"]):
        style = classes[feature["class"]]["style"]
        geometry = feature["geometry"]
        if geometry.geom_type in {"Polygon", "MultiPolygon"} and style.get("fill"):
            rings = [window.path(ring, closed=True) for ring in shapely.get_rings(shapely.get_parts(geometry))]
            yield {"d": "".join(rings), "fill": style["fill"]}
        elif geometry.geom_type in {"LineString", "MultiLineString"}:
            path = "".join(window.path(line) for line in shapely.get_parts(geometry))
            yield {
                "d": path,
                "stroke": style["color"],
                "width": round(style["width"] * THINNER, 1),
                "dash": _shorter(dash_of(feature.get("status"), style)),
            }
        elif geometry.geom_type == "Point" and feature["rank"] <= 1:
            [(x, y)] = window.pixels(geometry)
            yield {"d": f"M{x - 2:g} {y:g}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0", "fill": INK}


def _shorter(dash: str | None) -> str | None:
    """A page's dashes, made shorter for a small picture."""
    return " ".join(f"{float(part) * THINNER:g}" for part in dash.split()) if dash else None
