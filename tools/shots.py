"""Pictures of every page, to look at: three sizes of window, two themes, four languages.

    python -m tools.shots maps .shots

Each picture is named after its map, language, theme and size. The pictures are not compared: look at them before and
after a change of pages, words or style.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from itertools import product
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from corridors.locales import LANGUAGES

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
SIZES = {"desktop": (1280, 800), "phone": (390, 844), "frame": (640, 400)}
"""Width and height of the window in pixels. A frame is opened as in an article, with ``#embed``."""

THEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
READY = "document.documentElement.dataset.ready === 'true' || !document.querySelector('#corridors-data')"


def take_shots(
    pages: Sequence[Path], folder: Path, browser: Browser, languages: Sequence[str] = LANGUAGES
) -> Iterator[Path]:
    """Take pictures of pages in every size, theme and language. Yield each path when it is written."""
    for (size, (width, height)), theme, language in product(SIZES.items(), THEMES, languages):
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=theme, offline=True, locale=language
        )
        view = context.new_page()
        for page in pages:
            embed = "&embed" if size == "frame" else ""
            view.goto("about:blank")
            view.goto(f"{page.resolve().as_uri()}#lang={language}{embed}")
            view.wait_for_function(READY)
            picture = folder / f"{page.stem}-{language}-{theme}-{size}.png"
            view.screenshot(path=picture)
            yield picture
        context.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Take pictures of the pages of a folder, and write them into another folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.shots", description=__doc__.partition("\n")[0])
    parser.add_argument("maps", type=Path, help="folder of built pages")
    parser.add_argument("folder", type=Path, help="folder that the pictures are written into")
    parser.add_argument("--lang", action="append", choices=LANGUAGES, help="only this language; may be repeated")
    told = parser.parse_args(arguments)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    pages = sorted(told.maps.glob("*.html"))
    if program is None:
        parser.exit(4, "No Chromium was found. Remedy: install the package chromium.\n")
    if not pages:
        parser.exit(3, f"{told.maps}: no page lies there. Remedy: run make atlas first.\n")
    told.folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for picture in take_shots(pages, told.folder, browser, told.lang or LANGUAGES):
            sys.stdout.write(f"{picture}\n")


if __name__ == "__main__":
    main()
