"""The fonts of figures and documents. They come with corridors, and no fonts of the system are used."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from corridors.errors import FileError
from corridors.locales import message

LATIN, CHINESE = "Noto Sans", "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class Face:
    """One font file.

    Attributes
    ----------
    file
        Its name in the folder of fonts.
    source
        Name of the full font that it was made from.
    chinese
        Whether it has the Chinese characters.
    """

    file: str
    source: str
    chinese: bool


FACES = (
    Face("NotoSans-Regular.ttf", "NotoSans_400Regular.ttf", chinese=False),
    Face("NotoSans-Bold.ttf", "NotoSans_700Bold.ttf", chinese=False),
    Face("NotoSans-Italic.ttf", "NotoSans_400Regular_Italic.ttf", chinese=False),
    Face("NotoSansSC-Regular.ttf", "NotoSansSC_400Regular.ttf", chinese=True),
    Face("NotoSansSC-Bold.ttf", "NotoSansSC_700Bold.ttf", chinese=True),
)


def font_folder() -> Path:
    """The folder of the fonts, for tools that need one."""
    return Path(str(files("corridors.figures"))) / "fonts"


def font_paths() -> Sequence[Path]:
    """The files of all fonts.

    Raises
    ------
    FileError
        If one is missing.
    """
    paths = [font_folder() / face.file for face in FACES]
    for path in paths:
        if not path.is_file():
            raise FileError(message("error.paper.font", str(path)))
    return paths


def families(language: str) -> list[str]:
    """The font families for text in a language. The first family that has a character draws it.

    For Chinese, the Chinese family comes first, so that quotation marks and dashes have the width of Chinese
    characters.
    """
    names = (CHINESE, LATIN) if language == "zh" else (LATIN, CHINESE)
    return [_private(name) for name in names]


def _private(family: str) -> str:
    """The name of our font family in matplotlib. It differs from the names of fonts on the system."""
    return f"{family} of corridors"


@cache
def register() -> None:
    """Make the fonts known to matplotlib, in this process and under names of their own.

    Raises
    ------
    FileError
        If one is missing.
    """
    from matplotlib import font_manager  # noqa: PLC0415 - only what is drawn needs it
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415

    manager = font_manager.fontManager
    for path in font_paths():
        entry = font_manager.ttfFontProperty(FT2Font(path))
        manager.ttflist.append(replace(entry, name=_private(entry.name)))
