"""What tools say: to developers, in English alone."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class English:
    """A text that is the same for readers of every language."""

    words: str

    def text(self, _: str) -> str:
        """The text, whatever the language."""
        return self.words

    def __str__(self) -> str:
        """The text."""
        return self.words
