"""The full Noto fonts to smaller fonts for an atlas. ``make fonts`` runs this, and a build does not.

The new fonts have Latin, Greek and Cyrillic with punctuation, arrows and signs, the 6,763 characters of GB 2312 (which
cover simplified Chinese), and every character in a catalogue or a fact. Hinting is removed, and kerning is kept. The
same fonts and texts give the same bytes.
"""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

from corridors.data.defaults import packaged_folder
from corridors.figures.fonts import FACES

LATIN = (
    (0x20, 0x52F), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209F), (0x20A0, 0x20BF), (0x2100, 0x22FF),
    (0x25A0, 0x26FF),
)  # fmt: skip
"""Blocks kept from the Latin fonts: letters of Europe and Central Asia, marks, punctuation, signs, arrows, shapes."""

CHINESE = (
    (0x20, 0x7E),
    (0xA0, 0xFF),
    (0x2000, 0x206F),
    (0x2190, 0x22FF),
    (0x25A0, 0x25FF),
    (0x3000, 0x303F),
    (0xFF00, 0xFFEF),
)
"""Blocks kept from the Chinese fonts in addition to the characters themselves."""


def hanzi() -> Iterator[int]:
    """The code points of the characters of GB 2312, from the codec of that name."""
    for row in range(0xB0, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                yield ord(bytes((row, cell)).decode("gb2312"))
            except UnicodeDecodeError:  # five cells at the end of the first level are empty
                continue


def written(folders: Iterable[Path]) -> set[int]:
    """The code points of all characters in the catalogues and tables under the folders."""
    texts = [path.read_text(encoding="utf-8") for folder in folders for path in sorted(folder.glob("*.*"))
             if path.suffix in {".po", ".csv", ".toml"}]  # fmt: skip
    return {ord(character) for text in texts for character in text}


def shrink(source: Path, points: Iterable[int]) -> TTFont:
    """A font with only some of its characters, without hinting, with the dates of its source."""
    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options()
    options.hinting = False
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl"]
    options.drop_tables += ["vhea", "vmtx", "BASE", "STAT", "gasp"]
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)
    return font


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the fonts of an atlas. Read the full fonts from folders."""
    parser = argparse.ArgumentParser(prog="python -m tools.fonts", description=main.__doc__)
    parser.add_argument("folder", nargs="+", type=Path, help="a folder with Noto fonts, searched through")
    parser.add_argument("-o", "--output", type=Path, required=True, help="the folder to write to")
    given = parser.parse_args(arguments)
    packaged = packaged_folder()
    locales = Path(str(files("corridors.locales")))
    texts = written((locales, packaged / "geodata", packaged / "geodata" / "facts", packaged / "maps"))
    for face in FACES:
        blocks = CHINESE if face.chinese else LATIN
        points = texts | {point for first, last in blocks for point in range(first, last + 1)}
        if face.chinese:
            points |= set(hanzi())
        (source,) = {path for folder in given.folder for path in folder.rglob(face.source)}
        shrink(source, points).save(given.output / face.file, reorderTables=True)


if __name__ == "__main__":
    main()
