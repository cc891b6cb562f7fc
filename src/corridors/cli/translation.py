"""Help and usage errors of the command line in the reader's language.

Help texts in the commands are keys of the catalogues. Several keys with blank lines between them are several
paragraphs. Words in capitals (FROM, OPTIONS) are translated if ``cli.word.…`` has them. click's own sentences are
English. The English catalogue has them as ``click.…``, and a sentence that matches is written in the other language.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import click

from corridors.locales import DEFAULT_LANGUAGE, LANGUAGES, filled, language_of, messages
from corridors.text.terminal import cells, wrapped

TERM_CELLS = 30
"""The widest term of a list with its explanation on the same line."""


def language_for(arguments: Sequence[str], environment: Mapping[str, str]) -> str:
    """The language for help and usage errors: that of ``--lang`` anywhere on the line, or that of the environment."""
    given = re.findall(r"^--lang[=\n](.*)$", "\n".join(arguments), re.MULTILINE)
    return next((code for code in reversed(given) if code in LANGUAGES), language_of(environment))


def help_text(text: str, language: str) -> str:
    """A help text by its key, or one of click's own texts, in a language."""
    return messages(language)[text] if text.startswith("cli.") else clicks(text, language)


def clicks(text: str, language: str) -> str:
    """One of click's sentences in a language. Other text is returned unchanged."""
    for key, pattern in _sentences().items():
        if found := pattern.fullmatch(text):
            return filled(messages(language)[key], *(_value(part, language) for part in found.groups()))
    return text


def terms(text: str, language: str) -> str:
    """A term or usage line with its words in capitals translated."""
    words = messages(language)
    return re.sub(r"(?<![-\w])[A-Z]{2,}(?![-\w])", lambda word: words.get(f"cli.word.{word[0].lower()}", word[0]), text)


def complaint(error: click.ClickException, language: str) -> str:
    """The message about wrong usage: the usage of the command, the help option, and the error."""
    lines = []
    context = error.ctx if isinstance(error, click.UsageError) else None
    if context is not None:
        option = context.help_option_names[-1]
        lines = [context.get_usage(), filled(messages(language)["click.try"], context.command_path, option), ""]
    lines.append(filled(messages(language)["click.error"], clicks(error.format_message(), language)))
    return "\n".join(lines)


class Formatter(click.HelpFormatter):
    """Writes help in a language. Lines fit the terminal, where Chinese characters take two cells."""

    def __init__(self, language: str, width: int | None, max_width: int | None) -> None:
        super().__init__(width=width, max_width=max_width)
        self._language = language

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write how a command is used."""
        lead = f"{messages(self._language)['click.usage']} " if prefix is None else prefix
        super().write_usage(prog, terms(args, self._language), lead)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a list."""
        super().write_heading(clicks(heading, self._language))

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        shown = [help_text(part, self._language) for part in text.split("\n\n")]
        indent = " " * self.current_indent
        parts = ["\n".join(indent + line for line in wrapped(part, self.width - len(indent))) for part in shown]
        self.write("\n\n".join(parts) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = TERM_CELLS, col_spacing: int = 2) -> None:
        """Write a list of terms with their explanations."""
        listed = [(terms(term, self._language), self._explained(text)) for term, text in rows]
        first = min(max(cells(term) for term, _ in listed), col_max) + col_spacing
        gap = " " * (self.current_indent + first)
        for term, text in listed:
            start = " " * self.current_indent + term
            lines = [gap + line for line in wrapped(text, self.width - len(gap))]
            if lines and cells(term) <= first - col_spacing:
                lines[0] = start + " " * (first - cells(term)) + lines[0].lstrip()
            else:
                lines = [start, *lines]
            self.write("\n".join(lines) + "\n")

    def _explained(self, text: str) -> str:
        """The explanation of an option. click adds its default or range in brackets."""
        key, bracket, rest = text.partition("  [")
        extra = "; ".join(clicks(part, self._language) for part in rest.removesuffix("]").split("; "))
        return help_text(key, self._language) + (f" [{extra}]" if bracket else "")


@dataclass
class Run:
    """One run of the command line: the reader's language, and whether errors show their traceback."""

    language: str
    verbose: bool = False


def language_in(context: click.Context) -> str:
    """The language of a command's reader."""
    return context.obj.language if isinstance(context.obj, Run) else DEFAULT_LANGUAGE


class Context(click.Context):
    """A context whose object is the run. Help is in the language of the run."""

    def make_formatter(self) -> click.HelpFormatter:
        """Give the formatter of help."""
        return Formatter(language_in(self), self.terminal_width, self.max_content_width)


class Command(click.Command):
    """A command whose help is translated, and that answers in the reader's language.

    Without ``--lang`` a table is in the reader's language. Data for programs and written files are in English, so that
    the same command makes the same file on every machine.
    """

    context_class = Context

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the command's arguments, and determine the language."""
        rest = super().parse_args(ctx, args)
        if "lang" in ctx.params and ctx.params["lang"] is None:
            given = ctx.find_root().params.get("lang")
            here = ctx.params.get("output") == "table" and not ctx.params.get("file")
            ctx.params["lang"] = given or (language_in(ctx) if here else DEFAULT_LANGUAGE)
        return rest


def _value(text: str, language: str) -> str:
    """A value in a sentence of click: another sentence, a word in capitals, or typed text."""
    word = terms(text, language) if re.fullmatch(r"'\W*[A-Z]+\W*'", text) else text
    return clicks(word, language)


@cache
def _sentences() -> Mapping[str, re.Pattern[str]]:
    """Patterns of click's sentences, by key."""
    said = messages(DEFAULT_LANGUAGE)
    found = {key: text for key, text in said.items() if key.startswith("click.") or key == "cli.example"}
    return {key: re.compile(re.sub(r"\\\{\d+\\\}", "(.+?)", re.escape(text)), re.DOTALL) for key, text in found.items()}
