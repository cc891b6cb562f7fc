"""What every page has before anything is on its map: words, rules, an empty legend, and a basemap."""

from functools import cache

from corridors.content.basemap import Basemap, read_basemap
from corridors.content.label_rule import LABEL_RULE
from corridors.content.look import LOOK, PATTERNS
from corridors.content.words import page_messages
from corridors.data.defaults import packaged_folder
from corridors.data.folding import FOLDING
from corridors.data.years import YEARS
from corridors.locales import LANGUAGES, number_format
from corridors.web.iframe import embed_code
from corridors.web.payload import FEATURE_STEP
from corridors.web.safe_html import plain_text


def bare_content(language: str, basemap: object) -> dict[str, object]:
    """The content of a page without features, as keys of its payload."""
    return {
        "lang": language,
        "langs": list(LANGUAGES),
        "messages": {one: page_messages(one) for one in LANGUAGES},
        "formats": {one: dict(number_format(one)) for one in LANGUAGES},
        "folding": FOLDING,
        "years": YEARS,
        "map": {},
        "classes": {},
        "symbols": {},
        "labels": dict(LABEL_RULE),
        "look": dict(LOOK),
        "step": FEATURE_STEP,
        "features": [],
        "sources": {},
        "countries": {},
        "basemap": basemap,
    }


@cache
def own_basemap() -> Basemap:
    """The basemap of the package. All bare maps share it."""
    return read_basemap(packaged_folder() / "geodata" / "basemap")


def about_map(title: str, statement: str, bounds: object) -> dict[str, object]:
    """What a page says about a map without content: its words, its view, an empty legend, and its frame to embed."""
    return {
        "id": "map",
        "title": _in_every_language(title),
        "statement": _in_every_language(statement),
        "asOf": None,
        "view": {"bounds": bounds},
        "groups": [],
        "filters": [],
        "patterns": PATTERNS,
        "maps": [],
        "embed": {code: embed_code(plain_text(title), code) for code in LANGUAGES},
    }


def _in_every_language(text: str) -> dict[str, str]:
    """A text that has one language only."""
    return dict.fromkeys(LANGUAGES, plain_text(text)) if text else {}
