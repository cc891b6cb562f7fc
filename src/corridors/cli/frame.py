"""The frame of the command line: errors to messages and exit codes, shared options, progress."""

import codecs
import io
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, Literal, TextIO, TypedDict, TypeVar

import click

from corridors.cli.translation import Command, Context, Run, complaint, language_for, language_in
from corridors.data.findings import printable_text
from corridors.errors import CorridorsError, FileError
from corridors.locales import LANGUAGES, Message, message
from corridors.text.terminal import cells, fitted, wrapped

FORMATS = ("table", "json", "csv", "md")
FOUND_SOMETHING = 1
INTERRUPTED = 130
IN_ASCII = str.maketrans("─–—−→…·‘’“”«»\u00a0\u202f", '---->.*\'\'""""  ')
"""Signs that terminals of old encodings lack, and what looks like them."""

INDENT = "  "
"""Before the second and later lines of a sentence that is broken to fit the terminal."""

Function = TypeVar("Function", bound=Callable[..., object])


class Verbosity(click.Group):
    """A group of commands that turns every error into one message and an exit code. ``-v`` adds the traceback."""

    context_class = Context
    command_class = Command

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run, and end the process with the exit code of the result."""
        kwargs["standalone_mode"] = False
        _escape_what_the_terminal_lacks()
        given = (args[0] if args else kwargs.get("args")) or sys.argv[1:]
        language = language_for(given, os.environ)
        run = kwargs["obj"] = Run(language)
        try:
            code = super().main(*args, **kwargs)
        except (click.exceptions.Abort, KeyboardInterrupt):
            code = _say(message("cli.interrupted").text(language), INTERRUPTED)
        except click.ClickException as error:
            click.echo(_lines(complaint(error, language)), err=True)
            code = error.exit_code
        except CorridorsError as error:
            code = _say(error.text(language), error.exit_code)
            if run.verbose:
                traceback.print_exc()
        except SystemExit:  # click ends like this if the reader of our output has closed it; no message is possible
            code = 0
        except OSError as error:
            code = _say(_refused(error).text(language), FileError.exit_code)
            if run.verbose:
                traceback.print_exc()
        except Exception as error:  # noqa: BLE001 - the last resort: a message rather than a traceback
            code = _say(message("cli.fault", type(error).__name__, str(error)).text(language), 1)
            if run.verbose:
                traceback.print_exc()
        sys.exit(code if isinstance(code, int) else 0)


def _escape_what_the_terminal_lacks() -> None:
    """Print a sign as one of ASCII, and a letter as its escape code, if the terminal's encoding lacks it."""
    codecs.register_error("corridors", _in_ascii)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="corridors")


def _in_ascii(error: UnicodeError) -> tuple[str, int]:
    """What is written for characters that an encoding lacks. Signs are one for one, so that columns stay aligned."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end].translate(IN_ASCII)
    return lacking.encode("ascii", "backslashreplace").decode(), error.end


def _refused(error: OSError) -> Message:
    """What the system refuses: a file by its name, or the output if the error has none."""
    reason = error.strerror or type(error).__name__
    return message("error.system", error.filename, reason) if error.filename else message("error.output", reason)


def _lines(text: str) -> str:
    """The lines of a message, in which nothing of a file controls the terminal or turns the words."""
    return "\n".join(map(printable_text, text.split("\n")))


def _say(text: str, code: int) -> int:
    """Write one message to stderr and return the exit code."""
    click.echo(_folded(f"corridors: {_lines(text)}", _room(sys.stderr)), err=True)
    return code


def show(form: str, write: Callable[[], str]) -> None:
    """Print data. On a terminal, tables and the lines for people fit its width; elsewhere they are as they are.

    Parameters
    ----------
    form
        The format: only ``table`` is fitted.
    write
        A function that gives the text.
    """
    room = _room(sys.stdout) if form == "table" else None
    with fitted(room):
        text = write()
    click.echo(_folded(text, room))


def _room(stream: TextIO) -> int | None:
    """The width of a terminal in cells; None if the stream is no terminal."""
    return shutil.get_terminal_size().columns if stream.isatty() else None


def _folded(text: str, room: int | None) -> str:
    """A text whose lines fit. The second and later lines of what was one line are indented."""
    if room is None:
        return text
    broken = ([line] if cells(line) <= room else wrapped(line, room - len(INDENT)) for line in text.split("\n"))
    return "\n".join(f"\n{INDENT}".join(lines) for lines in broken)


def reader() -> str:
    """The reader's language for the messages of the running command."""
    return language_in(click.get_current_context())


def language_option(command: Function) -> Function:
    """Add the option that chooses the language."""
    return click.option("--lang", type=click.Choice(LANGUAGES), help="cli.lang")(command)


def _note_verbose(context: click.Context, _: click.Parameter, value: bool) -> bool:  # noqa: FBT001 - click's own signature
    """Note that errors show their traceback. click has parsed the line, so a "v" in another option does not count."""
    if isinstance(context.obj, Run):
        context.obj.verbose = value
    return value


def common_options(*, output: bool, formats: Sequence[str] = FORMATS) -> Callable[[Function], Function]:
    """Add the options that commands share. Commands that print data also have a format."""

    def add(command: Function) -> Function:
        command = click.option("-v", "--verbose", is_flag=True, callback=_note_verbose, help="cli.verbose")(command)
        command = click.option("-q", "--quiet", is_flag=True, help="cli.quiet")(command)
        command = language_option(command)
        if output:
            shape = click.Choice(formats)
            command = click.option(
                "--format", "output", type=shape, default="table", show_default=True, help="cli.format"
            )(command)
        folder = click.Path(path_type=Path, file_okay=False)
        return click.option("--geodata", type=folder, help="cli.geodata")(command)

    return add


class Progress:
    """Messages about each step on stderr: on a terminal one line that is overwritten, otherwise nothing."""

    def __init__(self, *, quiet: bool) -> None:
        self._shown = sys.stderr.isatty() and not quiet
        self._language = reader()
        self._width = 0

    def __call__(self, step: Message) -> None:
        """Show a step."""
        if self._shown:
            line, room = f"· {printable_text(step.text(self._language))}", shutil.get_terminal_size().columns - 1
            while cells(line) > room:  # a line that the terminal breaks cannot be overwritten
                line = line[:-1]
            click.echo("\r" + line + " " * (self._width - cells(line)), err=True, nl=False)
            self._width = cells(line)

    def done(self) -> None:
        """Clear the line."""
        if self._shown:
            click.echo(f"\r{' ' * self._width}\r", err=True, nl=False)


class Paper(TypedDict):
    """The options for the sheet of a figure, as ``sheet_options`` gives them."""

    width_mm: float
    height_mm: float | None
    dpi: int
    theme: Literal["light", "dark"]


def sheet_options(command: Function) -> Function:
    """Add the options for the sheet of a figure."""
    theme = click.Choice(["light", "dark"])
    for option in (
        click.option("--theme", type=theme, default="light", show_default=True, help="cli.theme"),
        click.option("--dpi", type=int, metavar="NUMBER", default=200, show_default=True, help="cli.figure.dpi"),
        click.option("--height-mm", type=float, metavar="NUMBER", help="cli.figure.height"),
        click.option(
            "--width-mm", type=float, metavar="NUMBER", default=180, show_default=True, help="cli.figure.width"
        ),
    ):
        command = option(command)
    return command
