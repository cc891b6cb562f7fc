"""HTML that people write into popups and tooltips to a tree of plain data. The page builds it with createElement.

A tree is a list of nodes. A node is a string (text), a number to be shown in the page's language (`{"number": 1520}`),
or a tag with its children (`{"tag": "b", "children": […]}`). An `a` has an `href`, and a tag with styles has a `style`
of safe declarations. Only the tags named here exist. Everything else in the text (a handler, a script, a template, a
stray end tag) stays text.

One regular expression splits the text. html.parser is not used, because it reads odd markup differently between
releases of Python, and does not return the literal text of what it recognised.
"""

import html
import re
from collections.abc import Mapping
from typing import TypeAlias

Node: TypeAlias = str | dict[str, object]

_VOID = frozenset({"br", "hr"})
_NESTING = (
    "a b caption code div em h1 h2 h3 h4 h5 h6 i li ol p pre small span strong sub sup table tbody td tfoot th thead"
    " tr u ul"
)
TAGS = _VOID | frozenset(_NESTING.split())

# A start tag of these ends an open element of those, as in HTML, where authors may omit the end tag.
_ENDS: Mapping[str, frozenset[str]] = {
    "li": frozenset({"li"}),
    "p": frozenset({"p"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": frozenset({"tr", "td", "th"}),
    "tbody": frozenset({"thead", "tr", "td", "th"}),
}
_LISTS_AND_TABLES = frozenset({"ol", "ul", "table"})

# Attributes without effect on a page without the author's style sheets and scripts. They are left out.
_IDLE = "align border cellpadding cellspacing class id rel scope target valign"
_IDLE_ATTRIBUTES = frozenset(_IDLE.split())

# Possessive quantifiers throughout: no input makes the match slower than its length.
_TAG = re.compile(
    r"""<(?P<close>/?+)(?P<name>[a-zA-Z][a-zA-Z0-9]*+)
        (?P<attributes>(?:\s++[a-zA-Z][\w-]*+(?:\s*+=\s*+(?:"[^"<]*+"|'[^'<]*+'|[^\s"'<>=`]++))?+)*+)
        \s*+/?+>""",
    re.VERBOSE,
)
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w-]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s"'<>=`]++))?+""")
_LINK = re.compile(r"(https?://|mailto:)[^\s\x00-\x1f\x7f]+", re.IGNORECASE)

_STYLED = re.compile(
    r"background(-color)?|border(-(top|right|bottom|left))?(-(color|style|width))?|border-radius|color"
    r"|font(-(family|size|style|weight))?|letter-spacing|line-height|(margin|padding)(-(top|right|bottom|left))?"
    r"|(max-|min-)?width|opacity|text-(align|decoration|shadow|transform)|vertical-align|white-space"
)
_STYLE_VALUE = re.compile(r"""[\w#%.,()/\s'"!+-]+""")
_UNSAFE_VALUE = re.compile(r"(url|image|image-set|src|var|attr|env|expression)\s*\(|(^|[\s(,])-[\d.]", re.IGNORECASE)

_DEEPEST = 24


def plain_text(value: object) -> str:
    """Return a value as text that any encoding can represent: half of a surrogate pair becomes U+FFFD."""
    return str(value).encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def nodes_from_text(text: object) -> list[Node]:
    """Return text unchanged, as a tree of one node, or of none if the text is empty."""
    plain = plain_text(text)
    return [plain] if plain else []


def nodes_from_html(markup: object) -> list[Node]:
    """Return the tree of a string of HTML. Tags that are not on the list become text."""
    source = plain_text(markup)
    tree = _Tree()
    position = 0
    for tag in _TAG.finditer(source):
        node = _node_of(tag)
        if node is None:
            continue  # not on the list: it stays in the text before the next tag
        before = html.unescape(source[position : tag.start()])
        if tag["close"]:
            if not tree.has_open(node):
                continue
            tree.add_text(before)
            tree.close(node)
        elif len(tree.open) >= _DEEPEST and str(node["tag"]) not in _VOID:
            continue
        else:
            tree.add_text(before)
            tree.add(node)
        position = tag.end()
    tree.add_text(html.unescape(source[position:]))
    return tree.roots


def safe_style(css: object) -> tuple[dict[str, str], bool]:
    """Return the harmless declarations of an inline style, and whether these are all of them."""
    kept: dict[str, str] = {}
    complete = True
    for declaration in filter(None, (part.strip() for part in plain_text(css).split(";"))):
        name, _, value = (part.strip() for part in declaration.partition(":"))
        name = name.lower()
        if _STYLED.fullmatch(name) and _STYLE_VALUE.fullmatch(value) and not _UNSAFE_VALUE.search(value):
            kept[name] = value
        else:
            complete = False
    return kept, complete


class _Tree:
    """The tree while it is built: its roots, and the open elements from the outermost to the innermost."""

    def __init__(self) -> None:
        self.roots: list[Node] = []
        self.open: list[tuple[str, list[Node]]] = []

    def add_text(self, text: str) -> None:
        here = self._here()
        if not text:
            return
        if here and isinstance(here[-1], str):
            here[-1] += text
        else:
            here.append(text)

    def add(self, node: dict[str, object]) -> None:
        name = str(node["tag"])
        self._end_implied(name)
        if name in _VOID:
            self._here().append(node)
            return
        children: list[Node] = []
        self._here().append({**node, "children": children})
        self.open.append((name, children))

    def has_open(self, node: Mapping[str, object]) -> bool:
        return any(name == node["tag"] for name, _ in self.open)

    def close(self, node: Mapping[str, object]) -> None:
        while self.open.pop()[0] != node["tag"]:
            pass

    def _here(self) -> list[Node]:
        return self.open[-1][1] if self.open else self.roots

    def _end_implied(self, name: str) -> None:
        ended = _ENDS.get(name, frozenset())
        for depth in range(len(self.open) - 1, -1, -1):
            opened = self.open[depth][0]
            if opened in ended:
                del self.open[depth:]
            elif opened in _LISTS_AND_TABLES:
                return


def _node_of(tag: re.Match[str]) -> dict[str, object] | None:
    """Return the node of a tag, or None if the tag is not on the list and stays text."""
    name = tag["name"].lower()
    if name not in TAGS:
        return None
    node: dict[str, object] = {"tag": name}
    if tag["close"]:
        return None if tag["attributes"] or name in _VOID else node
    for attribute, quoted in _ATTRIBUTE.findall(tag["attributes"]):
        value = html.unescape(quoted[1:-1] if quoted[:1] in ("'", '"') else quoted).strip()
        key = attribute.lower()
        if key == "href" and name == "a" and _LINK.fullmatch(value):
            node["href"] = value
        elif key == "style":
            style, complete = safe_style(value)
            if not complete:
                return None
            node["style"] = style
        elif key not in _IDLE_ATTRIBUTES:
            return None
    return node
