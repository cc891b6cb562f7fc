"""The messages that a page carries with it: those of its own parts, and none of what only programs or papers say."""

from collections.abc import Mapping

from corridors.locales import language_name, messages

ELSEWHERE = (
    "caveat.", "chart.", "claim.", "claims.", "cli.", "click.", "column.", "error.", "finding.", "index.", "paper.",
    "remedy.", "report.", "title.", "told.", "ui.as_of", "ui.disclaimer", "ui.noscript", "verdict.",
)  # fmt: skip
"""Messages of the command line, of findings, tables, papers, the index and the page of claims."""


def page_messages(language: str, *without: str) -> Mapping[str, str]:
    """The messages of a page by key, without those that begin so, and what the language calls itself."""
    own = {key: text for key, text in messages(language).items() if not key.startswith((*ELSEWHERE, *without))}
    return own | {"language.name": language_name(language)}
