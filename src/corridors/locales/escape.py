"""Any text to a markup language that shows exactly this text, on one line, with as few escapes as possible.

People paste this into their own documents and edit it there.
"""

import re

LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", '"': "''",
}  # fmt: skip
"""The escapes of characters with a special meaning in LaTeX. The double quote is a command in some languages."""

TEX = re.compile(r"""[\\{}$&#%_^~<>|`"]|(?<=-)-|(?<=')'|(?<=,),""")
"""Those characters, and those that LaTeX joins with the one before them into a dash or a quotation mark."""

ALT = re.compile(r"""[\\{}$&#%_^~"]""")
"""Characters that would end or change an argument that is not printed."""

MARKDOWN = re.compile(r"""[\\`*_{}\[\]<>&#~^$@|"]|(?<=-)-|^[-+=:%!]|(?<=\d)[.)](?=\s)""")
"""Characters with a special meaning in CommonMark, GitHub's Markdown, pandoc or Quarto, anywhere in a line."""


def latex_text(text: str) -> str:
    """Text as LaTeX."""
    return TEX.sub(lambda sign: LATEX.get(sign[0], "\\textcompwordmark{}" + sign[0]), " ".join(text.split()))


def latex_alt(text: str) -> str:
    """Text for LaTeX that is read aloud and not printed. Characters stay unescaped where possible."""
    return ALT.sub(lambda sign: LATEX[sign[0]], " ".join(text.split()))


def markdown_line(text: str) -> str:
    """Text as Markdown."""
    return MARKDOWN.sub(lambda sign: "\\" + sign[0], " ".join(text.split()))
