"""The errors that a user can meet: one base class, few subclasses, one exit code each.

A message gives the fault, the place and the remedy. It is a message of the catalogues or a finding, never bare text.
The command line prints it in the user's language. ``str()`` of an error is English, or in the language of the map that
raises it.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from difflib import SequenceMatcher, get_close_matches

from corridors.locales import DEFAULT_LANGUAGE, Message, Translatable, in_words, message


class CorridorsError(Exception):
    """Base class of all errors that corridors raises itself.

    Attributes
    ----------
    message
        The fault, the place and the remedy: a message of the catalogues, or a finding.
    exit_code
        Exit status of the command line when this error ends it.
    language
        The language of ``str()``.
    """

    exit_code = 1

    def __init__(self, message: Translatable) -> None:
        super().__init__(message)
        self.message = message
        self.language = DEFAULT_LANGUAGE

    def __str__(self) -> str:
        """The message in the language of the error."""
        return self.text(self.language)

    def text(self, language: str) -> str:
        """The message in a language that has a translation of it."""
        return in_words(self.message, language)


class UsageError(CorridorsError):
    """A request is not possible as given (wrong name, option or argument)."""

    exit_code = 2


class InputError(CorridorsError):
    """A file was read, and its content has a fault."""

    exit_code = 3


class FileError(CorridorsError):
    """A file or folder cannot be read or written."""

    exit_code = 4


@contextmanager
def text_in(language: str) -> Iterator[None]:
    """Set the language of ``str()`` for all errors that a block raises."""
    try:
        yield
    except CorridorsError as error:
        error.language = language
        raise


MOST_LETTERS = 100
"""How many letters of a name are compared."""

MOST_NAMED = 12
"""The most known names in a message."""


def nearest_first(name: str, known: Iterable[str]) -> list[str]:
    """The known names that are most similar to a name, the most similar first, at most a dozen."""

    def likeness(one: str) -> float:
        return SequenceMatcher(None, one.casefold(), name.casefold()[:MOST_LETTERS]).ratio()

    return sorted(known, key=likeness, reverse=True)[:MOST_NAMED]


def not_among(key: str, name: str, known: Iterable[str]) -> Message:
    """The message about an unknown name: the name, the most similar known name, and all known names."""
    names = [one if one.isprintable() else repr(one)[1:-1] for one in known]
    close = get_close_matches(name, names, n=1)
    return message(key, repr(name), message("error.meant", close[0]) if close else "", names)
