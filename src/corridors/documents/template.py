"""A text with placeholders to Markdown: what a template may do, and nothing beside.

A template is Markdown with ``{{ … }}`` (a value or a function's answer), ``{% if %}`` and ``{% for %}``. What may stand
in it is a short list of constructs, checked before anything runs; so a template cannot compute, import, reach into
Python or run without end. What a placeholder gives is text, and stands in the document as the same text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any, NoReturn

from jinja2 import StrictUndefined, TemplateSyntaxError, nodes
from jinja2.exceptions import SecurityError, UndefinedError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from corridors.data.findings import printable
from corridors.errors import CorridorsError, FileError, InputError, UsageError, not_among
from corridors.locales import Message, Told, message

FRONT = ("title", "subtitle", "author", "date", "lang")
"""Keys of the front matter."""

LARGEST_BYTES = 1_000_000
LONGEST = 2_000_000
"""Characters that a template may come to."""

DEEPEST = 2
"""Loops within each other."""

CONSTRUCTS = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Const, nodes.Name, nodes.Call, nodes.Keyword, nodes.Getattr,
    nodes.Getitem, nodes.If, nodes.For, nodes.CondExpr, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not,
    nodes.List, nodes.Tuple, nodes.Neg,
)  # fmt: skip
"""All that a template may be made of."""


MISTAKES = (TypeError, ValueError, AttributeError, ArithmeticError, LookupError)
"""What a function raises that is given something of another kind than it takes."""


class Markdown(str):
    """Text that is Markdown already and is not escaped again."""

    __slots__ = ()


def markdown_text(text: str) -> Markdown:
    """Any text as Markdown that shows just this text on one line."""
    return Markdown(
        re.sub(r"([!-/:-@\[-`{-~])", r"\\\1", re.sub(r"[ \t\r\n\f\v\x85\u2028\u2029]+", " ", text).strip(" "))
    )


@dataclass(frozen=True, slots=True)
class Article:
    """A template as read: its front matter, its body (with empty lines for the front matter), and where it stands.

    Attributes
    ----------
    folder
        Where its own images are; None where it may have none.
    """

    name: str
    front: Mapping[str, str]
    body: str
    folder: Path | None = None


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
        return Article(name, front, "\n".join(lines), folder)
    for at, line in enumerate(lines[1:], start=1):
        if line.rstrip() in {"---", "..."}:
            return Article(name, front, "\n" * (at + 1) + "\n".join(lines[at + 1 :]), folder)
        key, colon, value = line.partition(":")
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not colon or key.strip() not in FRONT:
            known = [f"{word}: …" for word in FRONT]
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
    try:
        _check(_PARSER.parse(text), words)
        pieces, length = [], 0
        for piece in _PARSER.from_string(text).generate(words):
            pieces.append(piece)
            length += len(piece)
            if length > LONGEST:
                raise InputError(message("error.report.long", LONGEST))
    except RecursionError as error:
        raise InputError(placed(message("error.report.deep"), name)) from error
    except TemplateSyntaxError as error:
        raise InputError(placed(_remedied(error.message or ""), name, error.lineno)) from error
    except _RefusedError as error:
        raise InputError(placed(error.message, name, error.line)) from error
    except CorridorsError as error:
        kind = InputError if isinstance(error, UsageError) else type(error)
        raise kind(placed(error.message, name, _line(error))) from error
    except (UndefinedError, SecurityError, *MISTAKES) as error:
        raise InputError(placed(_remedied(str(error)), name, _line(error))) from error
    return "".join(pieces)


def placed(what: str | Told, name: str, line: int | None = None) -> Message:
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
    if isinstance(value, Markdown):
        return value
    if isinstance(value, StrictUndefined):
        return str(value)  # which raises, and says what is not there
    if isinstance(value, str | int) and not isinstance(value, bool):
        return markdown_text(str(value))
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
            allowed = ("{{ … }}", "{% if %}", "{% for %}", DEEPEST)
            refuse(node, message("error.report.construct", type(node).__name__.lower(), *allowed))
        if isinstance(node, nodes.Name) and node.ctx == "load" and node.name not in known:
            refuse(node, not_among("error.report.name", node.name, sorted(words)))
        if isinstance(node, nodes.Call) and not isinstance(node.node, nodes.Name):
            functions = sorted(word for word, value in words.items() if callable(value))
            refuse(node, message("error.report.call", functions))
        if isinstance(node, nodes.For):
            targets = [node.target] if isinstance(node.target, nodes.Name) else node.target.find_all(nodes.Name)
            known |= {target.name for target in targets} | {"loop"}
            depth += 1
        for child in node.iter_child_nodes():
            walk(child, known, depth)

    walk(tree, frozenset(words), 0)


def _line(error: Exception) -> int | None:
    """The line of the template that an error comes from."""
    step, found = error.__traceback__, None
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _remedied(what: str) -> Message:
    """What is wrong in the words of the library that found it, with a remedy."""
    return message("error.report.placeholder", what.rstrip("."))
