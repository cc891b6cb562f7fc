"""Names as they are compared: without case, accents, apostrophes and hyphens, so that Xi'an, Xi’an and xian are one.

The command and the search of a page fold by the same tables; they travel to the page as data (search.js).
"""

import unicodedata

LETTERS = {
    "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ŧ": "t", "ı": "i", "æ": "ae", "œ": "oe",
    "ə": "a", "ς": "σ",
}  # fmt: skip
"""Letters that Unicode does not take apart, and what people type in their place (after Unicode's Latin-ASCII)."""

DROPPED = "'’‘ʻʼʹ`´\""
"""Signs that are left out: apostrophes and what is written for them."""

SPACED = "-–—_/.,;·()«»“”"
"""Signs that only part words."""

FOLDING = {"letters": LETTERS, "dropped": DROPPED, "spaced": SPACED}
"""The tables as the page has them."""

_TABLE = str.maketrans(LETTERS | dict.fromkeys(DROPPED, "") | dict.fromkeys(SPACED, " "))


def fold(text: str) -> str:
    """A name as it is compared: compatibility forms taken apart, marks left out, lower case, words one space apart."""
    bare = "".join(sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign)[0] != "M")
    return " ".join(bare.lower().translate(_TABLE).split())
