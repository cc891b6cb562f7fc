"""A page's data read back by the standard library, as the page's own script reads it."""

import base64
import json
import re
import zlib

from corridors.web.packing import unpack

ELEMENT = re.compile(r'<script type="application/zlib" id="corridors-data">([^<]*)</script>')


def coded(html):
    """The text of the one element that holds the data."""
    (text,) = ELEMENT.findall(html)
    return text


def decoded(text):
    """What the element's text says."""
    return json.loads(zlib.decompress(base64.b64decode(text, validate=True)))


def page_data(html):
    """All that a page shows."""
    return unpack(decoded(coded(html)))
