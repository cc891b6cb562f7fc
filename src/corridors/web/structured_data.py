"""The content of a map, or of an atlas, to schema.org terms as JSON-LD, which search engines read from a page.

Addresses are relative to the page: the pages and ``geodata`` are beside each other, as a build writes them.
"""

import json
from collections.abc import Iterator, Sequence

from corridors.content.corridor_features import LAYER as CORRIDORS
from corridors.content.page_types import AboutMap, Content
from corridors.data.package import AUTHOR, LICENCES, TITLE
from corridors.locales import LANGUAGES, messages

Node = dict[str, object]
"""An object of JSON-LD."""

CREATOR: Node = {"@type": "Organization", "name": AUTHOR}
KEYWORDS = ("Silk Road", "Central Asia", "China", "Europe", "railways", "roads", "trade corridors")
LAYER = "../geodata/layers/{}.geojson"
ATLAS = "index.html#atlas"


def map_data(content: Content | None, language: str) -> str:
    """A map and its data as JSON-LD, as text that is inert in a page; "" for a page without a citation.

    Parameters
    ----------
    content
        The content of the map.
    language
        The language of names and descriptions.
    """
    if not content or "cited" not in content["map"]:
        return ""
    about = content["map"]
    page = f"{about['id']}.html"
    statement = about["statement"][language]
    shared = {
        "name": about["title"][language],
        "description": f"{statement} {messages(language)['index.lead']}",
        **_shared([content], language),
    }
    whole = {"isPartOf": {"@id": ATLAS}, "url": page}
    download = {"@type": "DataDownload", "encodingFormat": "text/html", "contentUrl": page}
    data = {"distribution": [download, *_layers([about])], "keywords": list(KEYWORDS)}
    drawn = {"@type": "Map", "@id": f"{page}#map", "about": {"@id": f"{page}#data"}}
    return _text([drawn | shared | whole, {"@type": "Dataset", "@id": f"{page}#data"} | shared | whole | data])


def atlas_data(contents: Sequence[Content], language: str) -> str:
    """The data of an atlas, and its maps, as JSON-LD for the index; "" if the pages of the maps have no citation."""
    if not all("cited" in content["map"] for content in contents):
        return ""
    maps: list[Node] = [
        {
            "@type": "Map",
            "@id": f"{about['id']}.html#map",
            "url": f"{about['id']}.html",
            "name": about["title"][language],
            "description": about["statement"][language],
        }
        for about in (content["map"] for content in contents)
    ]
    whole: Node = {
        "@type": "Dataset",
        "@id": ATLAS,
        "name": TITLE,
        "description": messages(language)["index.lead"],
        "url": "index.html",
        **_shared(contents, language),
        "keywords": list(KEYWORDS),
        "distribution": list(_layers([content["map"] for content in contents])),
        "hasPart": [{"@id": one["@id"]} for one in maps],
    }
    return _text([whole, *maps])


def _shared(contents: Sequence[Content], language: str) -> Node:
    """What maps and data say about themselves in the same words."""
    every = [content["map"] for content in contents]
    cited, as_of = every[0]["cited"], every[0]["asOf"]
    opened = [feature["opened"][:4] for content in contents for feature in content["features"] if "opened" in feature]
    licences = dict.fromkeys(group["licence"] for about in every for group in about["groups"] if "licence" in group)
    west, south, east, north = zip(*(about["view"]["bounds"] for about in every), strict=True)
    return {
        "creator": CREATOR,
        "license": [LICENCES[name][1] if name in LICENCES else name for name in licences],
        "version": cited["version"],
        "identifier": f"sha256:{cited['hash']}",
        "inLanguage": list(LANGUAGES),
        "isAccessibleForFree": True,
        "temporalCoverage": f"{min([*opened, as_of])}/{as_of}",
        "spatialCoverage": {
            "@type": "Place",
            "geo": {"@type": "GeoShape", "box": f"{min(south)} {min(west)} {max(north)} {max(east)}"},
        },
        "creditText": " · ".join(dict.fromkeys(part for one in every for part in one["credit"].split(" · "))),
    } | ({"citation": cited["text"][language].replace(" {link}", "")} if len(every) == 1 else {})


def _layers(maps: Sequence[AboutMap]) -> Iterator[Node]:
    """The layers of maps as files, each once. Corridors and scenarios are made of other layers."""
    for name in dict.fromkeys(group["layer"] for about in maps for group in about["groups"] if "licence" in group):
        if name != CORRIDORS:
            yield {
                "@type": "DataDownload",
                "encodingFormat": "application/geo+json",
                "contentUrl": LAYER.format(name),
            }


def _text(graph: Sequence[Node]) -> str:
    """JSON-LD that cannot end the element that it is in, whatever its texts say."""
    text = json.dumps({"@context": "https://schema.org", "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
