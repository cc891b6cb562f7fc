"""What axe-core finds on a page against WCAG 2.2, levels A and AA."""

import json
from functools import cache
from importlib.resources import files

from playwright.sync_api import Page

STANDARD = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@cache
def _script() -> str:
    return files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """The faults on a page as it is now: for each element, the rule, its selector, and what is wrong."""
    if page.evaluate("getComputedStyle(document.documentElement).opacity") != "1":
        raise RuntimeError("axe-core checks no colours of a page that is not painted")
    page.evaluate(_script())
    # Only sound, and rules that are no part of a standard, need the files of a page.
    options = {"runOnly": {"type": "tag", "values": STANDARD}, "resultTypes": ["violations"], "preload": False}
    found = page.evaluate(f"axe.run(document, {json.dumps(options)}).finally(() => {{ delete window.axe; }})")
    if not found["passes"]:
        raise RuntimeError("axe-core has checked nothing")
    return [
        f"{fault['id']}: {' '.join(map(str, node['target']))}: {node['failureSummary'].splitlines()[-1].strip()}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
