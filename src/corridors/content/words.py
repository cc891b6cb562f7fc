"""The messages that a page contains: those of its own parts, and none that only programs or documents use."""

from corridors.locales import language_name, messages

ELSEWHERE = (
    "caveat.", "chart.", "citation.", "claim.", "claims.", "cli.", "click.", "column.", "dispute.", "error.",
    "finding.", "index.", "paper.", "remedy.", "report.", "story.", "title.", "told.", "vector.", "ui.as_of",
    "ui.disclaimer", "ui.noscript", "verdict.",
)  # fmt: skip
"""Prefixes of messages of the command line, findings, tables, documents, the index and the page of claims."""


def page_messages(language: str, *without: str) -> dict[str, str]:
    """The messages of a page by key, without those with the given prefixes, and the language's own name."""
    own = {key: text for key, text in messages(language).items() if not key.startswith((*ELSEWHERE, *without))}
    return own | {"language.name": language_name(language)}
