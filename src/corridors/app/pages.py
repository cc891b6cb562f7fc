"""A context to the pages of an atlas: those of its maps, of its claims, and the index."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, cast

from corridors.app.background import in_background
from corridors.claims.verdicts import Claim
from corridors.content.context import Context
from corridors.content.load import Tell, check_all_claims
from corridors.data.maps import MapEntry
from corridors.locales import LANGUAGES, message
from corridors.web.claims_page import claims_html
from corridors.web.index import index_html, shapes_of
from corridors.web.map_page import map_page
from corridors.web.small_picture import Shape

if TYPE_CHECKING:
    from corridors.content.page_types import Content
    from corridors.web.map import CorridorMap

KNOWN = ("id", "class", "name", "scenario", "opened")
"""What the index and the claims need of a feature."""

Compose = Callable[[MapEntry], "CorridorMap"]


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a map: its text, its content as far as the index and the claims need it, and its small picture.

    If not all maps are made, there is no index, and no picture for it.
    """

    text: str
    content: "Content"
    picture: Sequence[Shape]


def page_texts(
    context: Context,
    chosen: Sequence[MapEntry],
    tell: Tell,
    *,
    language: str,
    tiles: str | None = None,
    attribution: str | None = None,
) -> Iterator[tuple[str, str]]:
    """Make the page of each chosen map. If all maps are chosen, make the claims and the index too.

    Another process checks the claims and makes the last third of the pages, which tell stories and take longest.

    Returns
    -------
    Iterator of (str, str)
        The name of each page and its HTML text.
    """
    whole = len(chosen) == len(context.maps)
    compose = partial(map_page, context=context, language=language, tiles=tiles, attribution=attribution)
    make = partial(_made, compose=compose, pictured=whole)
    first = len(chosen) - len(chosen) // 3

    def last() -> tuple[Mapping[str, list[Claim]], list[Page]]:
        return check_all_claims(context, LANGUAGES) if whole else {}, make(chosen[first:])

    others = in_background(last) if whole or chosen[first:] else last
    made = make(chosen[:first], tell=tell)
    for entry in chosen[first:]:
        tell(message("cli.step.map", entry.name))
    claims, rest = others()
    made += rest
    for entry, page in zip(chosen, made, strict=True):
        yield entry.name, page.text
    if whole:
        tell(message("cli.step.index"))
        contents = [page.content for page in made]
        pictures = [page.picture for page in made]
        yield "claims", claims_html(claims, context.sources, contents, language=language)
        yield "index", index_html(contents, language=language, claims=len(claims[language]), pictures=pictures)


def _made(
    entries: Sequence[MapEntry], compose: Compose, *, pictured: bool, tell: Tell = lambda _: None
) -> list[Page]:  # fmt: skip
    """Make the pages of some maps, with small pictures if the index will show them.

    Compressing a page leaves the interpreter to the content of the next one.
    """
    writer = ThreadPoolExecutor(max_workers=1)
    begun = []
    try:
        for entry in entries:
            tell(message("cli.step.map", entry.name))
            page = compose(entry)
            text = writer.submit(page.get_root().render)
            content = page.content or {}
            begun.append((text, _known(content), shapes_of(content) if pictured else ()))
        return [Page(text.result(), content, picture) for text, content, picture in begun]
    finally:
        writer.shutdown(cancel_futures=True)


def _known(content: "Content") -> "Content":
    """A content as far as the index and the claims need it."""
    features = [{name: value for name, value in feature.items() if name in KNOWN} for feature in content["features"]]
    return cast("Content", {"map": content["map"], "classes": content["classes"], "features": features})
