"""The errors that a user can meet: one base, few children, one exit code each.

A message says what is wrong, where, and what to do about it; the command line prints it as it is.
"""


class CorridorsError(Exception):
    """Base of every error that corridors raises on purpose.

    Attributes
    ----------
    exit_code
        Exit status of the command line when this error ends it.
    """

    exit_code = 1


class UsageError(CorridorsError):
    """What was asked for cannot be done as asked (wrong name, option or argument)."""

    exit_code = 2


class InputError(CorridorsError):
    """A file was read, and what it says is wrong."""

    exit_code = 3


class FileError(CorridorsError):
    """A file or folder cannot be read or written."""

    exit_code = 4
