"""A text with placeholders to Markdown: what a template may do, and nothing beside.

A template is Markdown with ``{{ … }}`` (a value or a function's answer), ``{% if %}`` and ``{% for %}``. What may stand
in it is a short list of constructs, checked before anything runs; so a template cannot compute, import, reach into
Python or run without end. What a placeholder gives is text, and stands in the document as the same text.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

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
"""Characters that a template may come to."""

DEEPEST = 2
"""Loops within each other."""

BLOCKS = ("{% if %}", "{% for %}")
ALLOWED = ("{{ … }}", *BLOCKS, DEEPEST)
CONSTRUCTS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Call, nodes.Keyword, nodes.Getattr,
    nodes.Getitem, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.List, nodes.Tuple, nodes.Neg,
)  # fmt: skip
"""All that a template may be made of."""


MISTAKES = (TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
"""What comparing, counting or going through something of another kind raises."""

SHOWN = 60
"""So many characters of a wrong line are repeated."""


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def markdown_text(text: str) -> Markdown:
    """Any text as Markdown that shows just this text on one line; what is Markdown already stays as it is."""
    if isinstance(text, Markdown):
        return text
    return Markdown(
        re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", text).strip(" "))
    )


@dataclass(frozen=True, slots=True)
class Article:
    """A template as read: its front matter, its body (with empty lines for the front matter), and where it stands.

    Attributes
    ----------
    folder
        Where its own files are; None where it may have none.
    lines
        Its lines as they were read.
    """

    name: str
    front: Mapping[str, str]
    body: str
    folder: Path | None = None
    lines: Sequence[str] = ()

    def line_of(self, words: str) -> int | None:
        """The first line that holds some words, counted from 1; None where none does, as in what a placeholder gave."""
        lines = self.lines
        return next((at for at, line in enumerate(lines, start=1) if words and words in line), None)


class PartError(InputError):
    """A part of a text will not do; ``words`` are what of it stands in the article, by which its line is found."""

    def __init__(self, message: Message, words: str) -> None:
        super().__init__(message)
        self.words = words


def read_article(path: Path) -> Article:
    """Read a user's own template.

    Raises
    ------
    FileError
        Where it cannot be read.
    InputError
        Where it is too large, not UTF-8, or its front matter is not ``key: value`` lines of known keys.
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
        Where the front matter cannot be read.
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


def fill(text: str, words: Mapping[str, Any], name: str) -> str:
    """Fill a template.

    Parameters
    ----------
    text
        The template.
    words
        The functions and values that it may name.
    name
        What it is called in messages.

    Raises
    ------
    InputError
        Where it uses a construct or a name that there is not, or comes to too much; the message names the line, and the
        nearest names. What a function refuses is told with the line as well.
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


def _parsed(text: str, words: Mapping[str, Any]) -> Template:
    """A template, checked."""
    try:
        _check(_PARSER.parse(text), words)
        return _PARSER.from_string(text)
    except TemplateSyntaxError as error:
        raise _RefusedError(_unreadable(text, error.lineno), error.lineno) from error
    except (SyntaxError, ValueError) as error:  # a number of thousands of digits
        raise InputError(message("error.report.syntax", "…", *BLOCKS)) from error


def _unreadable(text: str, line: int) -> Message:
    """That a line has a placeholder that cannot be read."""
    return message("error.report.syntax", repr(printable(text.split("\n")[line - 1].strip())[:SHOWN]), *BLOCKS)


def placed(what: str | Translatable, name: str, line: int | None = None) -> Message:
    """What is wrong, with where it is."""
    return message("error.report.line", name, str(line), what) if line else message("error.report.in", name, what)


class _RefusedError(InputError):
    """A template holds what it may not, on a line."""

    def __init__(self, why: Message, line: int) -> None:
        super().__init__(why)
        self.line = line


class _Sandbox(ImmutableSandboxedEnvironment):
    """No attribute is in reach, but for the items of a mapping and the place in a loop."""

    def is_safe_attribute(self, obj: object, attr: str, value: object) -> bool:
        """Whether a template may read an attribute."""
        return isinstance(obj, LoopContext) and attr in {"index", "first", "last", "length"} and not callable(value)


def _printed(value: object) -> str:
    """What a placeholder gives, as Markdown."""
    if isinstance(value, StrictUndefined):
        return str(value)  # which raises, and says what is not there
    if isinstance(value, str | int) and not isinstance(value, bool):
        return markdown_text(value if isinstance(value, str) else str(value))
    raise InputError(message("error.report.text"))


_PARSER = _Sandbox(
    comment_start_string="<!--",  # not {#, with which the id of a heading starts
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


def _check(tree: nodes.Template, words: Mapping[str, Any]) -> None:
    """Refuse what a template may not be made of, and names that there are not."""

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


def _check_call(node: nodes.Call, words: Mapping[str, Any], refuse: Callable[[nodes.Node, Message], NoReturn]) -> None:
    """Refuse to call what is no function, and arguments that are not written one by one."""
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
    """The line of the template that an error comes from."""
    step, found = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _by_template(error: Exception) -> bool:
    """Whether an error was raised by what the template does itself, not within a function that it calls."""
    step = error.__traceback__
    while step is not None and step.tb_next is not None:
        step = step.tb_next
    if step is None:
        return False
    module = str(step.tb_frame.f_globals.get("__name__", ""))
    return step.tb_frame.f_code.co_filename == "<template>" or module.startswith("jinja2.")
