"""A page's data to the text that holds it: a description as JSON, and the blocks of numbers that it names.

All is one stream: four bytes with the length of the description (the lowest first), the description in UTF-8, the
blocks.
"""

import json
from collections.abc import Mapping
from typing import NamedTuple

import deflate

from corridors.web.letters import letters

FEATURE_STEP = 1e-5
"""Degrees; about one metre, for features."""

SMALLEST, QUICK = 12, 6
"""The levels of compression: that with the smallest stream, and one that is ten times as fast."""


class PageData(NamedTuple):
    """The content of a page: its description, the blocks that it names, and the blocks of its layers with columns."""

    payload: dict[str, object]
    blocks: bytes
    stream: bytes


def page_stream(description: Mapping[str, object], blocks: bytes = b"") -> bytes:
    """The stream of a page's data, not compressed yet."""
    text = json.dumps(description, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
    return len(text).to_bytes(4, "little") + text + blocks


def compressed(data: bytes, level: int = SMALLEST) -> str:
    """Bytes as one zlib stream, as text that is inert in a page (see :mod:`corridors.web.letters`).

    The stream is libdeflate's, whose bytes depend on its version alone and not on the machine.
    """
    return letters(deflate.zlib_compress(data, level))
