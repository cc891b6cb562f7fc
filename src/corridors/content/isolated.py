"""Text of data beside words of ours. The script of pages has the same rule (payload/isolated.ts)."""

import re
from typing import Final

TURNS: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
ISOLATES: Final = re.compile("[\u2066-\u2069]")
START, END = "\u2068", "\u2069"


def isolated(text: str) -> str:
    """Return a text that does not turn the words after it, whatever controls of direction (Unicode UAX 9) it has."""
    if not TURNS.search(text):
        return text
    return START + (text if _is_balanced(text) else ISOLATES.sub("", text)) + END


def _is_balanced(text: str) -> bool:
    """Whether each isolate that a text begins ends within it."""
    depth = 0
    for sign in ISOLATES.findall(text):
        depth += -1 if sign == END else 1
        if depth < 0:
            return False
    return depth == 0
