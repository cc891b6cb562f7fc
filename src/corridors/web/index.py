"""All maps side by side: one page with small pictures, drawn from the same features in the same style."""

from collections.abc import Sequence
from functools import cache

from jinja2 import Environment, Template

from corridors.content.page_types import Content
from corridors.content.palette import palette, preferred_css
from corridors.locales import LANGUAGES, counted, date, language_name, translations
from corridors.web.policy import asset, policy_of
from corridors.web.small_picture import (
    HEIGHT,
    WIDTH,
    Shape,
    Window,
    dark_rules,
    feature_shapes,
    first_features,
    ground_shapes,
    joined,
)
from corridors.web.structured_data import atlas_data


def index_html(
    contents: Sequence[Content],
    *,
    language: str,
    claims: int = 0,
    pictures: Sequence[Sequence[Shape]] | None = None,
) -> str:
    """The index page of the maps with the given contents (see ``content``), in its first language.

    The page contains all languages. Without script it shows the first one. If there are claims, it links to their page.
    The small pictures are drawn from the contents if they are not given (see :func:`shapes_of`).
    """
    if pictures is None:
        pictures = [shapes_of(content) for content in contents]
    style = preferred_css(dark_rules(shape for picture in pictures for shape in picture)) + asset("index.css")
    code = asset("index.js")
    maps = [
        {
            "href": f"{content['map']['id']}.html",
            "title": content["map"]["title"],
            "statement": content["map"]["statement"],
            "picture": picture,
        }
        for content, picture in zip(contents, pictures, strict=True)
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


def shapes_of(content: Content) -> list[Shape]:
    """The shapes of a map's small picture of its first view, from the lowest."""
    window = Window(content["map"]["view"]["bounds"])
    features = feature_shapes(content, window, first_features(content))
    return list(joined([*ground_shapes(content, window), *features]))
