"""A page's data read back by the standard library, as the page's own script reads it."""

import json
import re
import zlib

import numpy as np

ELEMENT = re.compile(r'<script type="application/zlib" id="corridors-data">([^<]*)</script>')


def coded(html):
    """The text of the one element that holds the data."""
    (text,) = ELEMENT.findall(html)
    return text


def plain(text):
    """The bytes that letters say (see corridors.web.letters), portion by portion."""
    data = bytearray()
    for at in range(0, len(text), 1 << 20):
        codes = np.frombuffer(text[at : at + (1 << 20)].encode("latin-1"), dtype=np.uint8) & 127
        lower, upper = np.split(codes, [len(codes) * 7 // 8])
        data += (lower | (np.concatenate([upper >> bit for bit in range(7)])[: len(lower)] << 7)).tobytes()
    return bytes(data)


def parts(text):
    """What the element's text says: the description, and the bytes of its blocks."""
    stream = zlib.decompress(plain(text))
    end = 4 + int.from_bytes(stream[:4], "little")
    return json.loads(stream[4:end]), stream[end:]


def decoded(text):
    """The description in the element's text."""
    return parts(text)[0]


def rows(columns):
    """Columns as rows. A row has no property for which its column has None."""
    return [
        {key: value for key, value in zip(columns, values, strict=True) if value is not None}
        for values in zip(*columns.values(), strict=True)
    ]


def restored(description):
    """A description with its features as rows, and with its messages by language and key."""
    keys, *texts = description["messages"].values()
    languages = list(description["messages"])[1:]
    told = {
        language: {key: text for key, text in zip(keys, own, strict=True) if text is not None}
        for language, own in zip(languages, texts, strict=True)
    }
    return description | {"features": rows(description["features"]), "messages": told}


def page_data(html):
    """All that a page says."""
    return restored(decoded(coded(html)))


def positions(html, ask_script):
    """Where a page draws its features: by id the paths of each, as latitude and longitude in degrees."""
    description, blocks = parts(coded(html))
    ids = description["features"]["id"]
    answers = ask_script([("columns/positions", "positionsOf", [{"id": one}]) for one in ids], description, blocks)
    return dict(zip(ids, answers, strict=True))


def source_title(payload, name, language="en"):
    """The title of a source on a page. What is no publication has it in each language."""
    title = payload["sources"][name]["title"]
    return title if isinstance(title, str) else title[language]
