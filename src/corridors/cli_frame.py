"""The frame of the command line: errors to messages and exit codes, options that commands share, progress."""

import io
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from corridors.errors import CorridorsError

LANGUAGES = ("nl", "en", "zh", "ru")
FORMATS = ("table", "json", "csv", "md")
FOUND_SOMETHING = 1
INTERRUPTED = 130

Command = TypeVar("Command", bound=Callable[..., Any])


class Verbosity(click.Group):
    """A group that turns every error into one message and an exit code; ``-v`` adds the traceback."""

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run, and end the process with the exit code that the outcome has."""
        kwargs["standalone_mode"] = False
        _escape_what_the_terminal_lacks()
        given = (args[0] if args else kwargs.get("args")) or sys.argv[1:]
        verbose = any(arg == "--verbose" or (arg[:1] == "-" and arg[1:2] != "-" and "v" in arg) for arg in given)
        try:
            code = super().main(*args, **kwargs)
        except click.exceptions.Abort:
            code = _say("interrupted; files are as they were before", INTERRUPTED)
        except KeyboardInterrupt:
            code = _say("interrupted; files are as they were before", INTERRUPTED)
        except click.ClickException as error:
            error.show()
            code = error.exit_code
        except CorridorsError as error:
            code = _say(str(error), error.exit_code)
            if verbose:
                traceback.print_exc()
        except SystemExit:  # click ends so where whoever read our output has gone; there is nobody to tell
            code = 0
        except Exception as error:  # noqa: BLE001 - the last resort: a message rather than a traceback
            code = _say(f"{type(error).__name__}: {error}. This is a fault of corridors; -v shows where.", 1)
            if verbose:
                traceback.print_exc()
        sys.exit(code if isinstance(code, int) else 0)


def _escape_what_the_terminal_lacks() -> None:
    """Print a letter that the terminal's encoding lacks as its escape code, where it would be an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _say(message: str, code: int) -> int:
    """Put one message on stderr and hand the exit code on."""
    click.echo(f"corridors: {message}", err=True)
    return code


def common_options(*, output: bool, formats: Sequence[str] = FORMATS) -> Callable[[Command], Command]:
    """The options that commands have in common; those that print data have a form of output."""

    def add(command: Command) -> Command:
        command = click.option("-v", "--verbose", is_flag=True, help="Show the traceback of an error.")(command)
        command = click.option("-q", "--quiet", is_flag=True, help="Say nothing but data and errors.")(command)
        command = click.option(
            "--lang", type=click.Choice(LANGUAGES), default="en", show_default=True, help="Language."
        )(command)
        if output:
            shape = click.Choice(formats)
            command = click.option(
                "--format", "output", type=shape, default="table", show_default=True, help="Form of the output."
            )(command)
        folder = click.Path(path_type=Path, file_okay=False)
        return click.option("--geodata", type=folder, help="Folder with catalog.toml, facts/ and basemap/.")(command)

    return add


class Progress:
    """Words about each step on stderr: a line that is written over on a terminal, nothing elsewhere."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._width = 0

    def __call__(self, step: str) -> None:
        """Show a step."""
        if self._shown:
            line = f"· {step}"
            click.echo(f"\r{line.ljust(self._width)}", err=True, nl=False)
            self._width = len(line)

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            click.echo(f"\r{' ' * self._width}\r", err=True, nl=False)
