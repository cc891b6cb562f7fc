"""Names for comparison: without case, accents, apostrophes and hyphens, so that Xi'an, Xi’an and xian are equal.

The command and the search of a page use the same tables. Pages receive them as data (folding.ts).
"""

import re
import unicodedata

LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "ə": "a", "ς": "σ",
}  # fmt: skip
"""Letters without a Unicode decomposition, and what people type instead (after Unicode's Latin-ASCII)."""

DROPPED = "'’‘ʻʼʹ`´\""
"""Characters to leave out: apostrophes and characters used for them."""

SPACED = "-–—_/.,;·()«»“”"
"""Characters that only separate words."""

FOLDING = {"letters": LETTERS, "dropped": DROPPED, "spaced": SPACED}
"""The tables as pages receive them."""

_TABLE = str.maketrans(LETTERS | dict.fromkeys(DROPPED, "") | dict.fromkeys(SPACED, " "))


BRACKETED = re.compile(r"\s*[(（][^()（）]*[)）]")
"""Text in brackets in a name, with the space before it."""


def short_name(name: str) -> str:
    """A name without its text in brackets, unless the name has no other text."""
    return BRACKETED.sub("", name).strip() or name


def fold(text: str) -> str:
    """A name for comparison: compatibility decomposition, no marks, lower case, one space between words."""
    if not text.isascii():
        text = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] != "M")
    return " ".join(text.lower().translate(_TABLE).split())
