"""Pictures of every page in every state, to look at, and what axe-core finds there.

    python -m tools.shots maps .shots

Each picture is named after its page, state, language, theme and size of window. The pictures are not compared: look at
them before and after a change of pages, words or style. The findings of axe-core are in ``axe.txt`` beside them; exit
status 1 says that there are some.
"""

import argparse
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, sync_playwright
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from corridors.locales import LANGUAGES
from tools.axe import faults
from tools.page_states import SIZES, STATES, View, open_view, pairs, views

BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
WITHIN_MS = 20_000
"""A state that is not reached by then never will be."""


def look_at(
    seen: Sequence[View], folder: Path, pictures: Path, browser: Browser, *, check: bool = True
) -> Iterator[tuple[View, list[str]]]:
    """Take a picture of each view. Yield it with the faults that axe-core finds, once the picture is written."""
    contexts: dict[str, BrowserContext] = {}
    for view in seen:
        if view.size not in contexts:
            contexts[view.size] = browser.new_context(**SIZES[view.size], offline=True, reduced_motion="reduce")
            contexts[view.size].new_page().set_default_timeout(WITHIN_MS)
        [page] = contexts[view.size].pages
        try:
            open_view(page, folder, view)
            found = faults(page) if check else []
        except PlaywrightTimeout as error:
            found = [f"is not reached: {error.message.splitlines()[-1]}"]
        page.screenshot(path=pictures / f"{view}.png")
        yield view, found
    for context in contexts.values():
        context.close()


def main(arguments: Sequence[str] | None = None) -> None:
    """Take pictures of the pages of a folder, and write them into another folder."""
    parser = argparse.ArgumentParser(prog="python -m tools.shots", description=__doc__.partition("\n")[0])
    parser.add_argument("maps", type=Path, help="folder of built pages")
    parser.add_argument("folder", type=Path, help="folder that the pictures are written into")
    for name, known in (("lang", LANGUAGES), ("size", (*SIZES,)), ("state", tuple(state.name for state in STATES))):
        parser.add_argument(f"--{name}", action="append", choices=known, help=f"only this {name}; may be repeated")
    parser.add_argument("--page", action="append", help="only this page; may be repeated")
    parser.add_argument("--few", action="store_true", help="few views, with each pair of state, language, theme, size")
    parser.add_argument("--no-axe", action="store_true", help="take pictures alone")
    told = parser.parse_args(arguments)
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    pages = [page.stem for page in sorted(told.maps.glob("*.html")) if page.stem in (told.page or [page.stem])]
    if program is None:
        parser.exit(4, "No Chromium was found. Remedy: install the package chromium.\n")
    if not pages:
        parser.exit(3, f"{told.maps}: no page lies there. Remedy: run make atlas first.\n")
    told.folder.mkdir(parents=True, exist_ok=True)
    wanted = [
        view
        for view in (pairs(pages) if told.few else views(pages))
        if view.language in (told.lang or LANGUAGES)
        and view.size in (told.size or SIZES)
        and view.state.name in (told.state or [view.state.name])
    ]
    found = 0
    with sync_playwright() as playwright, (told.folder / "axe.txt").open("w", encoding="utf-8") as findings:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        for view, said in look_at(wanted, told.maps, told.folder, browser, check=not told.no_axe):
            sys.stdout.write(f"{told.folder / str(view)}.png\n")
            findings.writelines(f"{view}: {fault}\n" for fault in said)
            findings.flush()
            found += len(said)
    sys.stdout.write(f"{len(wanted)} pictures, {found} findings\n")
    parser.exit(1 if found else 0)


if __name__ == "__main__":
    main()
