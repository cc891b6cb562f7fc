"""The messages that a page carries with it: those of its own parts, and none of what only programs or papers say."""

from collections.abc import Mapping

from corridors.locales import messages

ELSEWHERE = (
    "chart.", "claim.", "claims.", "cli.", "click.", "column.", "error.", "finding.", "index.", "paper.", "remedy.",
    "report.", "told.", "verdict.",
)  # fmt: skip
"""Messages of the command line, of findings, tables, papers, the index and the page of claims."""


def page_messages(language: str, *without: str) -> Mapping[str, str]:
    """The messages of a page by key, without those that begin so."""
    return {key: text for key, text in messages(language).items() if not key.startswith((*ELSEWHERE, *without))}
