"""A page of many lines in Chromium: how long a reader waits for it, for a zoom, a pan and a tooltip, and its memory.

The lines are random walks of 20 vertices with three attributes. `make bench` measures; a run without measuring skips.
"""

import json
from statistics import median

import folium
import pytest
import shapely
from playwright.sync_api import sync_playwright

from corridors.web.map import CorridorMap
from tests.benchmarks.walks import walks
from tests.browser.conftest import CHROMIUM

LIMITS = {
    10_000: (500, 50, 16, 40),
    50_000: (800, 60, 16, 80),
    200_000: (1500, 100, 30, 200),
    1_000_000: (5000, 150, 50, 700),
}
"""By lines: the most milliseconds until the page is ready, is drawn again, has a tooltip, and the most megabytes."""

MILLION = 1_000_000

GEOJSON_LIMITS = (800, 60, 16, 80)
"""The same for a folium.GeoJson of 10,000 lines with a style function and a tooltip."""

ONLY_MEASURES = "only measures; run by: make bench"
WAIT_MS = 120_000
ROUNDS = 5

COUNT_PICTURES = """(() => {
    const draw = CanvasRenderingContext2D.prototype.drawImage;
    window.pictures = [];
    CanvasRenderingContext2D.prototype.drawImage = function (...given) {
        draw.apply(this, given);
        window.pictures.push(performance.now());
    };
})()"""
"""Note the time of every picture that comes onto the canvas."""

NOTE_READY = """
    window.whenReady = new Promise((done) => {
        const told = () => document.documentElement?.dataset.ready && done();
        new MutationObserver(told).observe(document, {subtree: true, attributes: true});
    })"""
"""A promise of the moment when the page is ready. Playwright's own waiting looks only from time to time."""

REDRAWN = """([turn, ...given]) => new Promise((done) => {
    const [before, begun] = [window.pictures.length, performance.now()];
    corridors.map[turn](...given, {animate: false});
    const look = () => window.pictures.length > before ? done(window.pictures.at(-1) - begun) : setTimeout(look, 1);
    look();
})"""

SEEN = """(places) => {
    const [map, field] = [document.getElementById("map"), document.getElementById("map").getBoundingClientRect()];
    const pixels = places.map(([lon, lat]) => corridors.map.latLngToContainerPoint([lat, lon]));
    const windows = pixels.map(({x, y}) => [field.x + x, field.y + y]);
    return windows.filter(([x, y]) => map.contains(document.elementFromPoint(x, y))).slice(0, 20);
}"""
"""Some of these positions (lon, lat) that the map shows, in pixels of the window."""

HOVERED = """([x, y]) => new Promise((done) => {
    const [map, begun] = [document.getElementById("map"), performance.now()];
    const seen = new MutationObserver(() => { seen.disconnect(); done(performance.now() - begun); });
    seen.observe(document.querySelector(".leaflet-tooltip-pane"), {childList: true, subtree: true, attributes: true});
    map.dispatchEvent(new MouseEvent("mousemove", {bubbles: true, clientX: x, clientY: y}));
    setTimeout(() => { seen.disconnect(); done(null); }, 300);
})"""


def save_walks(count, path):
    precision = 4 if count >= MILLION else 5  # that of `--precision web` for the largest
    CorridorMap(title="Walks").add_layer(walks(count), "walks", precision=precision).save(path)


def save_geojson(lines, page, path):
    colours = {"rail": "#b2182b", "road": "#2166ac", "ferry": "#1b7837"}
    folium.GeoJson(
        lines,
        style_function=lambda feature: {"color": colours[feature["properties"]["kind"]], "weight": 2},
        tooltip=folium.GeoJsonTooltip(["name", "kind"]),
    ).add_to(page)
    page.save(path)


def heap_mb(page):
    """Megabytes that the page and its worker use: objects and typed arrays."""
    session = page.context.new_cdp_session(page)
    usages, workers = [], []

    def note(event):
        message = json.loads(event["message"])
        usages.extend([message["result"]] if "result" in message else [])

    session.on("Target.attachedToTarget", lambda event: workers.append(event["sessionId"]))
    session.on("Target.receivedMessageFromTarget", note)
    session.send("Target.setAutoAttach", {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": False})
    for worker in workers:
        asked = json.dumps({"id": 1, "method": "Runtime.getHeapUsage"})
        session.send("Target.sendMessageToTarget", {"sessionId": worker, "message": asked})
    session.send("HeapProfiler.collectGarbage")
    usages.append(session.send("Runtime.getHeapUsage"))
    assert len(usages) == 2, "the page has one worker"
    return sum(usage["usedSize"] + usage["backingStorageSize"] for usage in usages) / 1e6


@pytest.mark.benchmark(group="a page of many lines in Chromium")
@pytest.mark.parametrize("count", LIMITS)
def test_a_page_of_many_lines(benchmark, count, tmp_path):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    save_walks(count, tmp_path / "walks.html")
    measure(benchmark, tmp_path / "walks.html", LIMITS[count], walks(count))


@pytest.mark.benchmark(group="a page of many lines in Chromium")
def test_a_page_with_foliums_geojson(benchmark, tmp_path):
    if benchmark.disabled:
        pytest.skip(ONLY_MEASURES)
    lines = walks(10_000)
    save_geojson(lines, CorridorMap((40, 85), zoom_start=4), tmp_path / "walks.html")
    measure(benchmark, tmp_path / "walks.html", GEOJSON_LIMITS, lines)


@pytest.mark.benchmark(group="folium.GeoJson of 10,000 lines, saved: at most a quarter of folium's time")
@pytest.mark.parametrize("map_class", [CorridorMap, folium.Map])
def test_saving_foliums_geojson(benchmark, map_class, tmp_path, monkeypatch):
    if map_class is folium.Map:  # with folium's own reading of frames
        if benchmark.disabled:
            pytest.skip(ONLY_MEASURES)
        monkeypatch.setattr(folium.GeoJson, "process_data", folium.GeoJson.process_data.__wrapped__)
    lines = walks(10_000)
    benchmark.pedantic(lambda: save_geojson(lines, map_class(), tmp_path / "walks.html"), rounds=3)
    benchmark.extra_info["mb"] = round((tmp_path / "walks.html").stat().st_size / 1e6, 2)


def measure(benchmark, path, limits, lines):
    """Measure a page of these lines in Chromium. The pointer goes to some of their vertices."""
    address = path.as_uri()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        context = browser.new_context(viewport={"width": 1280, "height": 800}, offline=True, reduced_motion="reduce")
        context.set_default_timeout(WAIT_MS)

        def empty():
            for before in context.pages:
                before.close()
            page = context.new_page()
            page.add_init_script(f"{COUNT_PICTURES};{NOTE_READY}")
            return (page,), {}

        def ready(page):
            page.goto(address, wait_until="commit")
            page.evaluate("window.whenReady")
            return page

        page = benchmark.pedantic(ready, setup=empty, rounds=ROUNDS)
        steps = [("setZoom", 5), ("panBy", [300, 120]), ("setZoom", 4), ("panBy", [-200, 80]), ("setZoom", 6)]
        redrawn = [page.evaluate(REDRAWN, list(step)) for _ in range(ROUNDS) for step in steps]
        middles = shapely.get_coordinates(shapely.get_point(lines.geometry.to_numpy(), 10))
        hovered = [page.evaluate(HOVERED, place) for place in page.evaluate(SEEN, middles[::100].tolist())]
        benchmark.extra_info.update(
            limits=limits,
            redrawn_ms=round(median(redrawn)),
            hovered_ms=round(median([each for each in hovered if each is not None] or [0]), 1),
            heap_mb=round(heap_mb(page)),
        )
        print(benchmark.extra_info)  # noqa: T201 - the table of the run has no column for them
        browser.close()
