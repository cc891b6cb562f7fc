"""A change of filter or year in Chromium: how long a reader waits until map, table, counts and totals show it.

`make bench` measures; a run without measuring skips.
"""

from statistics import median

import pytest
from playwright.sync_api import sync_playwright

from corridors.web.map import CorridorMap
from tests.benchmarks.test_column_layer import COUNT_PICTURES, NOTE_READY, ONLY_MEASURES, WAIT_MS
from tests.benchmarks.walks import walks
from tests.browser.conftest import CHROMIUM

ROUNDS = 5

PAINTED = """async (change) => {
    const begun = performance.now();
    corridors.apply(change);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begun;
}"""
"""From the change to the end of the frame that shows it. Features of an atlas are counted at once."""

COUNTED = """async (change) => {
    const tally = () => document.querySelector("[data-totals] [data-count]").dataset.count;
    const [before, pictures, begun] = [tally(), window.pictures.length, performance.now()];
    corridors.apply(change);
    while (tally() === before || window.pictures.length === pictures) await new Promise((done) => setTimeout(done));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - begun;
}"""
"""The same for a reader's own data: the worker counts the rows and draws them again."""


def measure(benchmark, path, javascript, changes):
    """The time of these changes, one after the other, in milliseconds; the median of each is noted too."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
        page.set_default_timeout(WAIT_MS)
        page.add_init_script(f"{COUNT_PICTURES};{NOTE_READY}")
        page.goto(path.as_uri(), wait_until="commit")
        page.evaluate("window.whenReady")
        taken = {str(change): [] for change in changes}

        def change_all():
            for change in changes:
                taken[str(change)].append(page.evaluate(javascript, change))

        benchmark.pedantic(change_all, rounds=ROUNDS, warmup_rounds=1)
        browser.close()
    benchmark.extra_info.update({change: round(median(times[1:]), 1) for change, times in taken.items()})
    print(benchmark.extra_info)  # noqa: T201 - the table of the run has no column for them


@pytest.mark.benchmark(group="a change of filter or year on the atlas: at most 50 ms each")
@pytest.mark.parametrize("name", ["overview", "rail"])
def test_a_change_on_the_atlas(benchmark, built, name):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    years = [{"year": year} for year in (2005, 2010, 2014, None)]
    filters = [{"filters": {"status": ["operational"]}}, {"filters": {"country": ["KAZ"]}}, {"filters": {}}]
    measure(benchmark, built / "maps" / f"{name}.html", PAINTED, [*years, *filters])


@pytest.mark.benchmark(group="a change of filter with 50,000 lines: at most 150 ms each")
def test_a_change_with_many_lines(benchmark, tmp_path):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    path = tmp_path / "walks.html"
    CorridorMap(title="Walks").add_layer(walks(50_000), "walks").save(path)
    filters = [{"kind": ["rail"]}, {"speed": "20..80"}, {"kind": ["road", "ferry"], "speed": "100.."}, {}]
    measure(benchmark, path, COUNTED, [{"filters": each} for each in filters])
