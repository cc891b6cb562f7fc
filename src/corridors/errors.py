"""The errors that a user can meet: one base, few children, one exit code each.

A message says what is wrong, where, and what to do about it. What a user of the command line meets is a message of the
catalogues, or a finding made of such, and the command line prints it in the user's language; ``str()`` of an error is
English, or in the language of the map that raises it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher, get_close_matches

from corridors.locales import DEFAULT_LANGUAGE, Message, Told, in_words, message


class CorridorsError(Exception):
    """Base of every error that corridors raises on purpose.

    Attributes
    ----------
    message
        What is wrong, where, and what to do about it.
    exit_code
        Exit status of the command line when this error ends it.
    language
        The language that ``str()`` gives the message in.
    """

    exit_code = 1

    def __init__(self, message: str | Told) -> None:
        super().__init__(message)
        self.message = message
        self.language = DEFAULT_LANGUAGE

    def __str__(self) -> str:
        """The message in the language of the error."""
        return self.text(self.language)

    def text(self, language: str) -> str:
        """What the error says, in a language where its message has been translated."""
        return in_words(self.message, language)


class UsageError(CorridorsError):
    """What was asked for cannot be done as asked (wrong name, option or argument)."""

    exit_code = 2


class InputError(CorridorsError):
    """A file was read, and what it says is wrong."""

    exit_code = 3


class FileError(CorridorsError):
    """A file or folder cannot be read or written."""

    exit_code = 4


@contextmanager
def told_in(language: str) -> Iterator[None]:
    """Give the errors of a block the language that their ``str()`` is in."""
    try:
        yield
    except CorridorsError as error:
        error.language = language
        raise


MOST_LETTERS = 100
"""How much of a name is compared."""

MOST_NAMED = 12
"""How many known names a message lists, where there may be hundreds."""


def nearest_first(name: str, known: Iterable[str]) -> list[str]:
    """Known names in the order of their likeness to a name, at most a dozen."""

    def likeness(one: str) -> float:
        return SequenceMatcher(None, one.casefold(), name.casefold()[:MOST_LETTERS]).ratio()

    return sorted(known, key=likeness, reverse=True)[:MOST_NAMED]


def not_among(key: str, name: str, known: Iterable[str]) -> Message:
    """The message that a name is unknown: the name, which known one may be meant, and all that are known."""
    names = list(known)
    close = get_close_matches(name, names, n=1)
    return message(key, repr(name), message("error.meant", close[0]) if close else "", names)
