"""A text with placeholders to Markdown: the allowed parts of a template, and no others.

A template is Markdown with ``{{ … }}`` (a value or the result of a function), ``{% if %}`` and ``{% for %}``. The
allowed constructs are a short list, and they are checked before anything runs. So a template cannot compute, import,
use Python's internals or run without end. The value of a placeholder is text, and the document shows exactly this text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import NoReturn

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from corridors.data.findings import printable
from corridors.documents.arguments import checked
from corridors.errors import CorridorsError, FileError, InputError, UsageError, not_among
from corridors.locales import Message, Translatable, message

FRONT = ("title", "subtitle", "author", "date", "lang")
"""Keys of the front matter that are words."""

FILES = ("bibliography", "csl")
"""Keys of the front matter that name files beside the article."""

LARGEST_BYTES = 1_000_000
LONGEST = 2_000_000
"""The greatest number of characters of a filled template."""

DEEPEST = 2
"""The greatest number of nested loops."""

BLOCKS = ("{% if %}", "{% for %}")
ALLOWED = ("{{ … }}", *BLOCKS, DEEPEST)
CONSTRUCTS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Call, nodes.Keyword, nodes.Getattr,
    nodes.Getitem, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.List, nodes.Tuple, nodes.Neg,
)  # fmt: skip
"""The allowed parts of a template."""


MISTAKES = (TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
"""Errors of comparing, counting or looping over a value of another kind."""

SHOWN = 60
"""A wrong line is repeated up to so many characters."""


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def markdown_text(text: str) -> Markdown:
    """Any text as Markdown that shows exactly this text on one line. Text that is Markdown already stays unchanged."""
    if isinstance(text, Markdown):
        return text
    return Markdown(
        re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", text).strip(" "))
    )


@dataclass(frozen=True, slots=True)
class Article:
    """A template as read: its front matter, its body (with empty lines for the front matter), and its place.

    Attributes
    ----------
    folder
        The folder of its own files; None if it may have none.
    lines
        Its lines as they were read.
    """

    name: str
    front: Mapping[str, str]
    body: str
    folder: Path | None = None
    lines: Sequence[str] = ()

    def line_of(self, words: str) -> int | None:
        """The first line with some words, counted from 1; None if there is none, as for a placeholder's value."""
        lines = self.lines
        return next((at for at, line in enumerate(lines, start=1) if words and words in line), None)


class PartError(InputError):
    """The error of a part of a text. ``words`` are its words in the article, by which its line is found."""

    def __init__(self, message: Message, words: str) -> None:
        super().__init__(message)
        self.words = words


def read_article(path: Path) -> Article:
    """Read a user's own template.

    Raises
    ------
    FileError
        If it cannot be read.
    InputError
        If it is too large, not UTF-8, or its front matter has lines other than ``key: value`` with known keys.
    """
    name = printable(str(path))
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileError(message("error.report.absent", name, error.strerror)) from error
    if len(data) > LARGEST_BYTES:
        raise InputError(message("error.report.large", name, LARGEST_BYTES))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(message("error.report.encoding", name, str(error.start))) from error
    return article_of(text, name, path.parent)


def article_of(text: str, name: str, folder: Path | None = None) -> Article:
    """A template's text as an article.

    Raises
    ------
    InputError
        If the front matter cannot be read.
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    front: dict[str, str] = {}
    if lines[0].rstrip() != "---":
        return Article(name, front, "\n".join(lines), folder, lines)
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            return Article(name, front, "\n" * (at + 1) + "\n".join(lines[at + 1 :]), folder, lines)
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or key.strip() not in (*FRONT, *FILES):
            known = [f"{word}: …" for word in (*FRONT, *FILES)]
            raise InputError(placed(message("error.report.front", repr(line.strip()[:60]), known), name, at + 1))
        front[key.strip()] = re.sub(r"""^(["'])(.*)\1$""", r"\2", value.strip())
    raise InputError(placed(message("error.report.front.open"), name, 1))


def fill(text: str, words: Mapping[str, object], name: str) -> str:
    """Fill a template.

    Parameters
    ----------
    text
        The template.
    words
        The functions and values that it may use.
    name
        Its name in messages.

    Raises
    ------
    InputError
        If it uses a construct or a name that does not exist, or becomes too long. The message names the line, and the
        nearest names. Errors of functions are reported with their line as well.
    """
    own = {key: checked(key, value) if callable(value) else value for key, value in words.items()}
    try:
        template = _parsed(text, own)
        pieces, length = [], 0
        for piece in template.generate(own):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                raise InputError(message("error.report.long", LONGEST))
    except (RecursionError, MemoryError) as error:
        raise InputError(placed(message("error.report.deep"), name)) from error
    except _RefusedError as error:
        raise InputError(placed(error.message, name, error.line)) from error
    except CorridorsError as error:
        kind = InputError if isinstance(error, UsageError) else type(error)
        raise kind(placed(error.message, name, _line(error))) from error
    except (UndefinedError, SecurityError) as error:
        raise InputError(placed(message("error.report.item"), name, _line(error))) from error
    except MISTAKES as error:
        if not _by_template(error):
            raise
        raise InputError(placed(message("error.report.kinds"), name, _line(error))) from error
    return "".join(pieces)


def _parsed(text: str, words: Mapping[str, object]) -> Template:
    """A parsed and checked template."""
    try:
        _check(_PARSER.parse(text), words)
        return _PARSER.from_string(text)
    except TemplateSyntaxError as error:
        raise _RefusedError(_unreadable(text, error.lineno), error.lineno) from error
    except (SyntaxError, ValueError) as error:  # a number of thousands of digits
        raise InputError(message("error.report.syntax", "…", *BLOCKS)) from error


def _unreadable(text: str, line: int) -> Message:
    """The error of a line whose placeholder cannot be read."""
    return message("error.report.syntax", repr(printable(text.split("\n")[line - 1].strip())[:SHOWN]), *BLOCKS)


def placed(what: str | Translatable, name: str, line: int | None = None) -> Message:
    """An error with its place."""
    return message("error.report.line", name, str(line), what) if line else message("error.report.in", name, what)


class _RefusedError(InputError):
    """A construct on a line of a template is not allowed."""

    def __init__(self, why: Message, line: int) -> None:
        super().__init__(why)
        self.line = line


class _Sandbox(ImmutableSandboxedEnvironment):
    """A template can read no attribute, except the items of a mapping and the position in a loop."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute."""
        return isinstance(obj, LoopContext) and attr in {"index", "first", "last", "length"} and not callable(value)


def _printed(value: object) -> str:
    """The value of a placeholder, as Markdown."""
    if isinstance(value, StrictUndefined):
        return str(value)  # this raises, and names what is missing
    if isinstance(value, str | int) and not isinstance(value, bool):
        return markdown_text(value if isinstance(value, str) else str(value))
    raise InputError(message("error.report.text"))


_PARSER = _Sandbox(
    comment_start_string="<!--",  # not {#, which begins the id of a heading
    comment_end_string="-->",
    undefined=StrictUndefined,
    finalize=_printed,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
_PARSER.globals.clear()
_PARSER.filters.clear()
_PARSER.tests.clear()


def _check(tree: nodes.Template, words: Mapping[str, object]) -> None:
    """Refuse constructs that are not allowed, and unknown names."""

    def refuse(node: nodes.Node, why: Message) -> NoReturn:
        raise _RefusedError(why, node.lineno)

    def walk(node: nodes.Node, known: frozenset[str], depth: int) -> None:
        endless = isinstance(node, nodes.For) and (node.recursive or depth == DEEPEST)
        infinite = isinstance(node, nodes.Const) and isinstance(node.value, float) and not isfinite(node.value)
        if not isinstance(node, CONSTRUCTS) or endless or infinite:
            refuse(node, message("error.report.construct", type(node).__name__.lower(), *ALLOWED))
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
            refuse(node, not_among("error.report.name", node.name, sorted(words)))
        if isinstance(node, nodes.Call):
            _check_call(node, words, refuse)
        if isinstance(node, nodes.For):
            targets = [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name)
            known |= {target.name for target in targets} | {"loop"}
            depth += 1
        for child in node.iter_child_nodes():
            walk(child, known, depth)

    walk(tree, frozenset(words), 0)


def _check_call(
    node: nodes.Call, words: Mapping[str, object], refuse: Callable[[nodes.Node, Message], NoReturn]
) -> None:
    """Refuse to call anything but functions, and arguments with * or **."""
    functions = sorted(word for word, value in words.items() if callable(value))
    if not isinstance(node.node, nodes.Name) or not callable(words.get(node.node.name, len)):
        refuse(node, message("error.report.call", functions))
    if node.dyn_args is not None or node.dyn_kwargs is not None:
        refuse(node, message("error.report.construct", "*", *ALLOWED))
    names = [keyword.key for keyword in node.kwargs]
    for at, key in enumerate(names):
        if key in names[:at]:
            refuse(node, message("error.report.argument.twice", node.node.name, key))


def _line(error: Exception) -> int | None:
    """The line of the template where an error occurred."""
    step, found = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _by_template(error: Exception) -> bool:
    """Whether an error was raised by the template itself, not inside a function that it calls."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return False
    module = str(step.tb_frame.f_globals.get("__name__", ""))
    return step.tb_frame.f_code.co_filename == "<template>" or module.startswith("jinja2.")
