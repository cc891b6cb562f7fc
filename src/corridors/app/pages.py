"""A context to the pages of an atlas: those of its maps, of its claims, and the index."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

from corridors.app.beside import beside
from corridors.content.context import Context
from corridors.content.load import Tell, check_all_claims
from corridors.data.maps import MapEntry
from corridors.locales import LANGUAGES, message
from corridors.web.claims_page import claims_html
from corridors.web.index import index_html
from corridors.web.map_page import map_page

if TYPE_CHECKING:
    from corridors.content.page_types import Content


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

    Returns
    -------
    Iterator of (str, str)
        The name of each page and its HTML text.
    """
    contents: list[Content] = []
    pages: list[Future[str]] = []
    whole = len(chosen) == len(context.maps)
    check = beside(partial(check_all_claims, context, LANGUAGES)) if whole else None
    writer = ThreadPoolExecutor(max_workers=2)  # compressing a page leaves the interpreter to the contents of others
    try:
        for entry in chosen:
            tell(message("cli.step.map", entry.name))
            page = map_page(entry, context, language=language, tiles=tiles, attribution=attribution)
            contents.append(page.content or {})
            pages.append(writer.submit(page.get_root().render))
        texts = {}
        if check:
            tell(message("cli.step.index"))
            claims = check()
            texts["claims"] = claims_html(claims, context.sources, contents, language=language)
            texts["index"] = index_html(contents, language=language, claims=len(claims[language]))
        for entry, text in zip(chosen, pages, strict=True):
            yield entry.name, text.result()
        yield from texts.items()
    finally:
        writer.shutdown(cancel_futures=True)
