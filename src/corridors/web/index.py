"""All maps side by side: one page with small pictures, drawn from the same features in the same style."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import shapely
from jinja2 import Environment, Template
from numpy.typing import NDArray

from corridors.content.look import dash_of
from corridors.content.page_types import Content
from corridors.content.palette import palette, palette_css
from corridors.content.style import INK
from corridors.geo.geodesy import Coordinates
from corridors.locales import LANGUAGES, counted, date, language_name, translations
from corridors.web.policy import asset, policy_of
from corridors.web.structured_data import atlas_data

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
        about=atlas_data(contents, language),
        script=code,
        policy=policy_of(scripts=[code], styles=[style]),
    )
    return page + "\n"


@cache
def _template() -> Template:
    """The template of the index. It is our own file, and data only fills its placeholders."""
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(asset("index.html.j2"))


def _mercator(lat: Coordinates) -> Coordinates:
    """Northings of latitudes in the spherical Mercator projection, in degrees at the equator."""
    return np.degrees(np.log(np.tan(np.radians(45 + lat.clip(-85, 85) / 2))))


class _Window:
    """Converts degrees to pixels of a small picture that shows a map's first view."""

    def __init__(self, bounds: Sequence[float]) -> None:
        west, south, east, north = bounds
        bottom, top = _mercator(np.array([south, north])).tolist()
        self.scale = min(WIDTH / (east - west), HEIGHT / (top - bottom))
        self.left = west - (WIDTH / self.scale - (east - west)) / 2
        self.top = top + (HEIGHT / self.scale - (top - bottom)) / 2

    def pixels(self, positions: Coordinates) -> Coordinates:
        """Positions in pixels, one row each."""
        lon, lat = positions.T
        return np.column_stack([(lon - self.left) * self.scale, (self.top - _mercator(lat)) * self.scale])

    def path(self, lines: NDArray[np.object_], *, closed: bool = False) -> str:
        """The SVG path of lines or rings, without those that are outside the picture or smaller than a pixel.

        Parts far outside are drawn along a margin around the picture, where they are not visible.
        """
        positions, owner = shapely.get_coordinates(lines, return_index=True)
        near = self.pixels(positions).clip(-MARGIN, [WIDTH + MARGIN, HEIGHT + MARGIN])
        inside = ((near > -MARGIN) & (near < [WIDTH + MARGIN, HEIGHT + MARGIN])).all(axis=1)
        drawn = np.unique(owner[inside])
        ends = zip(np.searchsorted(owner, drawn), np.searchsorted(owner, drawn, side="right"), strict=True)
        return "".join(_path(near[first:last].tolist(), closed=closed) for first, last in ends)


def _path(near: Sequence[Sequence[float]], *, closed: bool) -> str:
    """The SVG path of one line or ring, given in pixels, without hops that are too short."""
    step = 1 if closed else 0.1
    kept: list[Sequence[float]] = []
    for place in near:
        if not kept or abs(place[0] - kept[-1][0]) + abs(place[1] - kept[-1][1]) >= LEAST_HOP:
            kept.append(place)
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
        yield {"d": window.path(shapely.get_rings(getattr(basemap, name)), closed=True), "fill": fill}
    yield {"d": window.path(np.array(basemap.borders)), "stroke": palette("light").border, "width": 0.7}
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
            rings = shapely.get_rings(shapely.get_parts(geometry))
            yield {"d": window.path(rings, closed=True), "fill": style["fill"]}
        elif geometry.geom_type in {"LineString", "MultiLineString"}:
            yield {
                "d": window.path(shapely.get_parts(geometry)),
                "stroke": style["color"],
                "width": round(style["width"] * THINNER, 1),
                "dash": _shorter(dash_of(feature.get("status"), style)),
            }
        elif geometry.geom_type == "Point" and feature["rank"] <= 1:
            [(x, y)] = window.pixels(shapely.get_coordinates(geometry)).tolist()
            yield {"d": f"M{x - 2:g} {y:g}a2 2 0 1 0 4 0a2 2 0 1 0 -4 0", "fill": INK}


def _shorter(dash: str | None) -> str | None:
    """A page's dashes, made shorter for a small picture."""
    return " ".join(f"{float(part) * THINNER:g}" for part in dash.split()) if dash else None
