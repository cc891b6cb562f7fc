"""A story to an article in a page: its text in every language, a small picture and the sources of each step.

The page's script puts this article into the panel. Without script, or on paper, it is read as it is.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import shapely
from jinja2 import Environment, Template
from shapely import LineString

from corridors.content.facet_types import Words
from corridors.content.page_types import Content, Feature
from corridors.content.palette import palette, themed
from corridors.content.story import moment_words, moments, step_features
from corridors.content.story_types import StoryStep
from corridors.content.style import INK
from corridors.locales import LANGUAGES, translations
from corridors.locales.wording import say
from corridors.web.policy import asset
from corridors.web.small_picture import HEIGHT, WIDTH, Shape, Window, feature_shapes, ground_shapes, joined

STEP, TOLERANCE, GROUND_TOLERANCE = 0.5, 0.8, 2.0
"""Pixels: the precision of lines, and how far they, and coasts and borders, may be beside their place. A page has
several such pictures."""

MOST_NAMES = 14
LETTER, IDEOGRAM, LINE, BESIDE = 6.4, 11.5, 13.0, 4.0
"""The most names in a picture; pixels of a letter, of a Chinese character, of a line, and from the point."""

HALO, WAY = 5.0, 1.8
"""How much wider the line of the chosen feature is drawn below it, and the width of its route, in pixels."""


class Name(NamedTuple):
    """A name in a picture: its point, its text with the side that is there (pixels), and its words by language."""

    at: tuple[int, int]
    x: int
    y: int
    anchor: str
    words: Words


def story_html(content: Content) -> str:
    """The article of a page's story.

    Parameters
    ----------
    content
        The content of the page, with its story (see :func:`corridors.content.story.with_story`).
    """
    story, about = content["story"], content["map"]
    numbers = {name: nth for nth, name in enumerate(story["sources"], start=1)}
    steps = [
        {
            "title": text["title"],
            "sentences": text["sentences"],
            "paragraph": {
                code: ("" if code == "zh" else " ").join(one["words"][code] for one in text["sentences"])
                for code in LANGUAGES
            },
            "chart": text["chart"],
            "grounds": [
                (list(one["claims"].items()), _ranges([numbers[name] for name in one["sources"]]))
                for one in text["sentences"]
            ],
            "pictures": list(_pictures(content, shown)),
        }
        for text, shown in zip(story["steps"], about["story"], strict=True)
    ]
    return _template().render(
        langs=LANGUAGES,
        steps=steps,
        sources=list(story["sources"].values()),
        count={code: say(code, "story.sources", str(len(numbers))) for code in LANGUAGES},
        words={word: translations(f"story.{word}") for word in ("grounds", "from", "none")},
        verdicts={name: translations(f"verdict.{name}") for name in _verdicts(content)},
        width=int(WIDTH),
        height=int(HEIGHT),
        sea=palette("light").sea,
        land=palette("light").land,
        ink=INK,
    )


def _verdicts(content: Content) -> set[str]:
    """The verdicts that occur in a story."""
    sentences = (one for step in content["story"]["steps"] for one in step["sentences"])
    return {verdict for one in sentences for verdict in one["claims"].values()}


def _ranges(numbers: Sequence[int]) -> str:
    """Numbers in order, with neighbours as ranges: 1–3, 7."""
    found: list[list[int]] = []
    for one in sorted(numbers):
        if found and one == found[-1][1] + 1:
            found[-1][1] = one
        else:
            found.append([one, one])
    return ", ".join(f"{first}–{last}" if last > first else str(first) for first, last in found)


def _pictures(content: Content, step: StoryStep) -> Iterator[dict[str, object]]:
    """A picture of a step, or one for each of its two dates, which is then named."""
    window = Window(step["bounds"], STEP, TOLERANCE)
    dates = moments(step["state"]["year"], step["state"]["against"])
    shown = [step_features(content, step["state"], moment) for moment in dates]
    same = set.intersection(*({_on_date(one) for one in features} for features in shown))
    common = [one for one in shown[0] if _on_date(one) in same]
    for moment, features in zip(dates, shown, strict=True):
        own = [one for one in features if _on_date(one) not in same]
        yield {
            "date": moment_words(moment, content["map"]["asOf"]) if dates[1:] else None,
            "common": [] if moment != dates[0] else list(joined(_common(content, window, step, common))),
            "shapes": list(joined(feature_shapes(content, window, own))),
            "names": _names(step, features),
            "key": _key(content, features),
        }


def _on_date(feature: Feature) -> tuple[str, str | None]:
    """What a feature is on a date: one that is the same on both dates of a step is drawn once."""
    return feature["id"], feature.get("status")


def _common(content: Content, window: Window, step: StoryStep, shown: Sequence[Feature]) -> Iterator[Shape]:
    """The shapes of all pictures of a step, from the lowest; the chosen feature has a halo."""
    yield from ground_shapes(content, Window(step["bounds"], STEP, GROUND_TOLERANCE))
    chosen = [feature for feature in shown if feature["id"] == step["state"]["selected"]]
    for shape in feature_shapes(content, window, chosen):
        if "width" in shape:
            yield {**shape, "stroke": palette("light").halo, "width": float(shape["width"] or 0) + HALO, "dash": None}
    yield from feature_shapes(content, window, shown)
    yield from _way(content, window, step)


def _way(content: Content, window: Window, step: StoryStep) -> Iterator[Shape]:
    """The route of the chosen pair of a scenario, before or after."""
    state = step["state"]
    ways = next((one["ways"] for one in content["features"] if one["id"] == state["selected"] and "ways" in one), None)
    if ways and (numbers := ways[state["after"] > 0]):
        nodes = shapely.get_parts(content["map"]["nodes"])
        line = LineString([nodes[number] for number in numbers])
        yield {"d": window.path(np.array([line])), "stroke": INK, "width": WAY, "dash": "1 3"}


def _names(step: StoryStep, shown: Sequence[Feature]) -> list[Name]:
    """The names in a picture: the most important points first, none over another."""
    window = Window(step["bounds"])
    chosen = step["state"]["selected"]
    points = [one for one in shown if one["geometry"].geom_type == "Point" and one.get("name")]
    taken: list[tuple[float, float, float, float]] = []
    names: list[Name] = []
    for one in sorted(points, key=lambda one: (one["id"] != chosen, one["rank"], one["id"])):
        [(x, y)] = window.pixels(shapely.get_coordinates(one["geometry"])).tolist()
        words = {code: one["name"].get(code) or one["name"]["en"] for code in LANGUAGES}
        wide = max(len(text) * (IDEOGRAM if code == "zh" else LETTER) for code, text in words.items()) + BESIDE
        for anchor, left in (("start", x), ("end", x - wide)):
            box = (left, y - LINE / 2, left + wide, y + LINE / 2)
            inside = box[0] > 0 and box[2] < WIDTH and box[1] > 0 and box[3] < HEIGHT
            if inside and not any(_meet(box, other) for other in taken):
                taken.append(box)
                aside = BESIDE if anchor == "start" else -BESIDE
                names.append(Name((round(x), round(y)), round(x + aside), round(y + 4), anchor, words))
                break
        if len(names) == MOST_NAMES:
            break
    return names


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    """Whether two boxes overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _key(content: Content, shown: Sequence[Feature]) -> list[dict[str, object]]:
    """The key of a picture: the colours by theme and the title of each class of lines and areas in it."""
    drawn = {feature["class"] for feature in shown}
    found = []
    for name, one in content["classes"].items():
        style = one["style"]
        color = style.get("fill") if one["geometry"] == "area" else style.get("color")
        if name in drawn and color and one["geometry"] != "point":
            area = one["geometry"] == "area"
            dark = one.get("dark") or themed(color, "dark", area=area)
            found.append({"light": color, "dark": dark, "words": one["title"], "area": area, "dash": style.get("dash")})
    return found


@cache
def _template() -> Template:
    """The template of an article. It is our own file, and data only fills its placeholders."""
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(asset("story.html.j2"))
