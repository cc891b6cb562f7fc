"""A page's data to one HTML file: script and style inlined, a strict policy with their hashes, no files to load."""

import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, cast

from jinja2 import Environment, Template
from markupsafe import Markup
from rcssmin import cssmin

from corridors.content.palette import palette_css
from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, messages
from corridors.web.payload import QUICK, SMALLEST, compressed, page_stream
from corridors.web.policy import asset, policy_of
from corridors.web.story import story_html
from corridors.web.structured_data import map_data

if TYPE_CHECKING:
    from corridors.content.page_types import AboutMap, Content

LATE = ("take", "host", "time", "planner", "profile", "charts", "measure", "results")
"""Scripts that a page has as text, and runs when they are first needed."""


def page_html(
    payload: Mapping[str, object],
    blocks: bytes = b"",
    stream: bytes = b"",
    *,
    tile_hosts: Sequence[str] = (),
    content: "Content | None" = None,
) -> str:
    """Write a page.

    Parameters
    ----------
    payload
        The description of the whole content of the page, as plain data.
    blocks
        The blocks that it names. Both become one inert element that the script reads.
    stream
        The blocks of layers with columns, see :mod:`corridors.web.column_layers`. The page's worker reads them.
    tile_hosts
        Origins from which map tiles may be loaded (``https://tile.example``). If there are none, nothing is loaded.
    content
        The content of the map, if the page is to describe it for search engines. A story in it becomes an article,
        which the page shows without a script too.

    Returns
    -------
    str
        The HTML text: the same bytes for the same data.
    """
    elements = bool(payload.get("elements"))
    article = story_html(content) if content and "story" in content else ""
    parts = {
        "script": asset(script_name(payload)),
        "leaflet_js": asset("leaflet.js" if elements else "leaflet_core.js"),
        "leaflet_css": asset("leaflet.css"),
        "css": style(elements=elements, story=bool(article), routes=_has_routes(payload)),
        "take": asset("take.js"),
        "host": asset("host.js"),
        "time": asset("time.js") if _has_years(payload) else "",
        "planner": asset("planner.js") if payload.get("network") else "",
        "profile": asset("profile.js") if _has_routes(payload) else "",
        "charts": asset("charts.js") if _has_series(payload) else "",
        "measure": asset("measure.js") if payload.get("features") else "",
        "results": asset("results.js") if _has_results(payload) else "",
    }
    unscripted = asset("unscripted.css") if article else ""
    inert = parts | {
        "payload": compressed(page_stream(payload, blocks), QUICK if stream else SMALLEST),
        "columns": compressed(stream, QUICK) if stream else "",
        "worker": asset("worker.js") if stream else "",
        "about": map_data(content, str(payload["lang"])),
        "article": article,
        "unscripted": unscripted,
    }
    shown = cast("AboutMap", payload["map"])
    language = str(payload["lang"])
    words = messages(language if language in LANGUAGES else DEFAULT_LANGUAGE)
    page = _template().render(
        lang=language,
        title=_said(shown.get("title"), language) or "Corridors",
        statement=_said(shown.get("statement"), language),
        noscript=words["ui.noscript"],
        unread=json.dumps({code: messages(code)["ui.unread"] for code in LANGUAGES}, ensure_ascii=False),
        policy=policy_of(
            scripts=[parts[name] for name in ("leaflet_js", "script", *LATE) if parts[name]],
            styles=[text for text in (parts["leaflet_css"], parts["css"], unscripted) if text],
            image_hosts=tile_hosts,
            workers=bool(stream),
        ),
        **{name: Markup(text) for name, text in inert.items()},  # noqa: S704 - files of this package, letters, and JSON without <
    )
    return page + "\n"


def _has_routes(payload: Mapping[str, object]) -> bool:
    """Whether a page shows or plans routes."""
    about = cast("AboutMap", payload["map"])
    return bool(payload.get("network") or payload.get("comparison") or about.get("summary"))


def _has_results(payload: Mapping[str, object]) -> bool:
    """Whether a page compares corridors or scenarios, or sums up an answer."""
    about = cast("AboutMap", payload.get("map", {}))
    return bool(payload.get("comparison") or about.get("scenarios") or about.get("summary"))


def _has_years(payload: Mapping[str, object]) -> bool:
    """Whether a page may have years to choose from. What a scenario changes has no years."""
    about = cast("AboutMap", payload["map"])
    return bool(payload.get("features")) and not about.get("scenarios")


def _has_series(payload: Mapping[str, object]) -> bool:
    """Whether a feature of a page has figures over time."""
    features = payload.get("features")  # by column; a page without features has an empty list
    return isinstance(features, Mapping) and any(features.get("series", ()))


def _said(text: Mapping[str, str] | None, language: str) -> str:
    """One language of a text in several languages."""
    return (text or {}).get(language) or (text or {}).get(DEFAULT_LANGUAGE) or ""


def script_name(payload: Mapping[str, object]) -> str:
    """The smallest bundle of the page's script that has all that a page needs (see ``script/types/parts.ts``)."""
    about = cast("AboutMap", payload.get("map", {}))
    needed = {
        "ATLAS": payload.get("features"),
        "RESULTS": _has_results(payload),
        "ROUTES": payload.get("network"),
        "STORY": about.get("story"),
        "OWN": payload.get("elements") or payload.get("columns"),
    }
    parts = {part for part, need in needed.items() if need}
    bundles: dict[str, list[str]] = json.loads(asset("bundles.json"))
    return next(name for name, has in bundles.items() if parts <= set(has))


@cache
def style(*, elements: bool = False, story: bool = False, routes: bool = False) -> str:
    """The page's own style, on the screen and on paper; with those of what it has besides."""
    besides = (("elements.css", elements), ("story.css", story), ("profile.css", routes))
    parts = [name for name, there in besides if there]
    sheets = ("page.css", "small.css", "tables.css", "take.css", "time.css", "charts.css", *parts, "print.css")
    return str(cssmin(palette_css() + "".join(map(asset, sheets))))


@cache
def _template() -> Template:
    """The template of a page. It is our own file: data only fills its placeholders and is never read as a template."""
    return Environment(autoescape=True, keep_trailing_newline=False).from_string(asset("page.html.j2"))
