"""Any text to text of a markup language that shows just this text, on one line, with as few marks as will do.

It is for what people paste into documents of their own and go on editing there.
"""

import re

LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}", '"': "''",
}  # fmt: skip
"""What stands for a character that LaTeX reads as more than itself; the double quote is a command of some languages."""

TEX = re.compile(r"""[\\{}$&#%_^~<>|`"]|(?<=-)-|(?<=')'|(?<=,),""")
"""Those characters, and those that LaTeX joins with the one before them into a dash or a quotation mark."""

ALT = re.compile(r"""[\\{}$&#%_^~"]""")
"""Those that would end or change an argument that is not printed."""

MARKDOWN = re.compile(r"""[\\`*_{}\[\]<>&#~^$@|"]|(?<=-)-|^[-+=:%!]|(?<=\d)[.)](?=\s)""")
"""What CommonMark, GitHub's Markdown, pandoc or Quarto read as more than itself, wherever it stands in a line."""


def latex_text(text: str) -> str:
    """Text as LaTeX."""
    return TEX.sub(lambda sign: LATEX.get(sign[0], "\\textcompwordmark{}" + sign[0]), " ".join(text.split()))


def latex_alt(text: str) -> str:
    """Text as LaTeX that is not printed but read out: signs stand for themselves where they can."""
    return ALT.sub(lambda sign: LATEX[sign[0]], " ".join(text.split()))


def markdown_line(text: str) -> str:
    """Text as Markdown."""
    return MARKDOWN.sub(lambda sign: "\\" + sign[0], " ".join(text.split()))
