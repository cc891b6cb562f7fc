"""The errors that a user can meet: one base, few children, one exit code each.

A message says what is wrong, where, and what to do about it. What a user of the command line meets is a message of the
catalogues, or a finding made of such, and the command line prints it in the user's language; ``str()`` of an error is
English. What is said of the declarations of an atlas is for those who keep it, and is plain English text.
"""

from collections.abc import Iterable
from difflib import get_close_matches

from corridors.locales import Message, Told, in_words, message


class CorridorsError(Exception):
    """Base of every error that corridors raises on purpose.

    Attributes
    ----------
    message
        What is wrong, where, and what to do about it.
    exit_code
        Exit status of the command line when this error ends it.
    """

    exit_code = 1

    def __init__(self, message: str | Told) -> None:
        super().__init__(message)
        self.message = message

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


def not_among(key: str, name: str, known: Iterable[str]) -> Message:
    """The message that a name is unknown: the name, which known one may be meant, and all that are known."""
    names = list(known)
    close = get_close_matches(name, names, n=1)
    return message(key, repr(name), message("error.meant", close[0]) if close else "", names)
