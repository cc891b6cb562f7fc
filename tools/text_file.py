"""A text that a tool makes to its file; errors to the terminal, and to the exit code."""

import sys
from collections.abc import Callable
from pathlib import Path

from corridors.errors import CorridorsError, FileError


def write_text(output: Path, make: Callable[[], str]) -> int:
    """Write what is made, and return the exit code."""
    try:
        output.write_text(make(), encoding="utf-8", newline="\n")
    except OSError as error:
        sys.stderr.write(f"{output}: cannot be written ({error.strerror}). Remedy: choose another folder.\n")
        return FileError.exit_code
    except CorridorsError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0
