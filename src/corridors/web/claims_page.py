"""The claims as a page: each quotation beside what the facts give, with a link to its place on the map."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TypedDict
from urllib.parse import quote

from jinja2 import Environment, Template

from corridors.claims.verdicts import Claim, tally
from corridors.content.facet_types import Words
from corridors.content.page_types import Content
from corridors.content.palette import preferred_css
from corridors.data.tables import Row
from corridors.locales import LANGUAGES, counted, language_name, translations
from corridors.locales.wording import listed
from corridors.web.policy import asset, policy_of

WORDS = (
    "all", "disagreeing", "filter", "maps", "method", "note", "parts", "recomputed", "remark", "rules", "stated",
    "text", "title",
)  # fmt: skip
SIGNS = {"confirmed": "✓", "consistent": "≈", "contradicted": "≠", "not_checkable": "?"}
"""The sign of each verdict, beside its word and its pattern."""


class Place(TypedDict):
    """The link to a feature on a map, and its name by language."""

    href: str
    name: Words


def claims_html(
    claims_in: Mapping[str, Sequence[Claim]],
    sources: Mapping[str, Row],
    contents: Sequence[Content],
    *,
    language: str,
) -> str:
    """The page of the claims. It contains all languages and opens in one; quotations are not translated.

    Parameters
    ----------
    told
        The checked claims in each language.
    sources
        The rows of ``sources.csv`` by id.
    contents
        The contents of the maps (see ``content``). They give the links to the places of the claims.
    """
    style, code = preferred_css() + asset("claims.css"), asset("claims.js")
    words = {name: translations(f"claims.{name}") for name in WORDS}
    words |= {name: translations(key) for name, key in (("language", "ui.language"), ("sources", "card.sources"))}
    claims = claims_in[language]
    places = _places(contents)
    page = _template().render(
        lang=language,
        langs=[(code, language_name(code)) for code in LANGUAGES],
        words=words,
        lead={code: counted("claims.lead", len(claims), code, _texts(claims, sources, code)) for code in LANGUAGES},
        verdicts=[
            {"id": verdict, "count": count, "word": translations(f"verdict.{verdict}"), "sign": SIGNS[verdict]}
            for verdict, count in tally(claims).items()
        ],
        total=len(claims),
        claims=[
            _entry({code: claims_in[code][at] for code in LANGUAGES}, claim, sources, places)
            for at, claim in enumerate(claims)
        ],
        style=style,
        script=code,
        policy=policy_of(scripts=[code], styles=[style]),
    )
    return page + "\n"


def _texts(claims: Sequence[Claim], sources: Mapping[str, Row], language: str) -> str:
    """The producers of the quoted texts, each once."""
    return listed(list(dict.fromkeys(sources[claim.text]["producer"] for claim in claims)), language)


def _filled(key: str, parts: Mapping[str, str]) -> dict[str, str]:
    """A message in every language, with its only placeholder filled."""
    return {code: text.replace("{0}", parts[code]) for code, text in translations(key).items()}


def _entry(
    claims: Mapping[str, Claim], claim: Claim, sources: Mapping[str, Row], places: Mapping[str, Place]
) -> dict[str, object]:
    """One claim as data for the page: texts by language, everything else once."""
    place = places.get(claim.place or "")
    by_language = {
        name: {code: getattr(one, name) for code, one in claims.items()}
        for name in ("label", "stated_text", "recomputed_text", "method", "note", "remark")
    }
    return by_language | {
        "id": claim.id,
        "quote": claim.quote,
        "quote_language": claim.quote_language,
        "verdict": claim.verdict,
        "sign": SIGNS[claim.verdict],
        "word": translations(f"verdict.{claim.verdict}"),
        "disagreeing": [
            {
                "text": {code: one.disagreeing[at].text for code, one in claims.items()},
                "by": {code: one.disagreeing[at].by for code, one in claims.items()},
            }
            for at in range(len(claim.disagreeing))
        ],
        "parts": [
            {
                "of": {code: one.parts[at].of for code, one in claims.items()},
                "found": {code: one.parts[at].found for code, one in claims.items()},
            }
            for at in range(len(claim.parts))
        ],
        "sources": [_source(name, sources, own=name == claim.text) for name in claim.sources],
        "place": place and {"href": place["href"], "name": _filled("claims.map", place["name"])},
    }


def _source(name: str, sources: Mapping[str, Row], *, own: bool) -> dict[str, object]:
    """A source as its link: title, producer, date, and its web address if it has one."""
    row = sources[name]
    url = row["url"] if row["url"] and row["url"].startswith(("https://", "http://")) else None
    return {
        "title": row["title"],
        "producer": row["producer"],
        "date": row["date_published"],
        "url": url,
        "language": row["language"] if row["language"] and "-" not in row["language"] else None,
        "own": own,
    }


def _places(contents: Sequence[Content]) -> dict[str, Place]:
    """The map of each feature: the first map that shows it when it opens, else the first map that has it."""
    found: dict[str, Place] = {}
    for shown in (True, False):
        for content in contents:
            for feature in content["features"]:
                if feature["id"] in found or content["classes"][feature["class"]]["on"] != shown:
                    continue
                names = feature["name"]
                scenario = f"scenario={quote(feature['scenario'])}&" if feature.get("scenario") else ""
                found[feature["id"]] = {
                    "href": f"{content['map']['id']}.html#{scenario}select={quote(feature['id'], safe='/')}",
                    "name": {code: names.get(code) or names["en"] for code in LANGUAGES},
                }
    return found


@cache
def _template() -> Template:
    """The template of the page. It is our own file, and data only fills its placeholders."""
    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(asset("claims.html.j2"))
