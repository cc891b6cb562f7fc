"""A page's data read back by the standard library, as the page's own script reads it."""

import json
import re
import zlib

import numpy as np

from corridors.web.packing import unpack

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


def decoded(text):
    """What the element's text says."""
    return json.loads(zlib.decompress(plain(text)))


def page_data(html):
    """All that a page shows."""
    return unpack(decoded(coded(html)))
