"""A declared kind of layer on a page of the atlas: its legend, its card, its filters and its totals."""

from tests.test_kinds import AREAS, KIND, NORTH, SOUTH, feature, show, write

LAND = feature("land", [[[70, 45], [71, 45], [71, 46], [70, 45]]], "Polygon", status="planned")
SUMS = (
    "rows => rows.map(row => [row.dataset.mode, row.querySelector('th').innerText, row.querySelector('td').innerText])"
)


def test_declared_kinds_are_in_the_totals_by_their_own_names(geodata, corridors, open_page):
    write(geodata, "power-lines", NORTH, SOUTH, declared=KIND)
    write(geodata, "reserves", LAND, declared=AREAS)
    show(geodata, "power-lines", "voltage_kv")
    show(geodata, "reserves")
    assert corridors("build", "rail").code == 0
    opened = open_page(geodata.parent / "maps" / "rail.html", 1280, 800, "#lang=nl", reduced_motion="reduce")
    rows = opened.page.locator("[data-totals] tr[data-mode]")
    sums = {name: (words, size) for name, words, size in rows.evaluate_all(SUMS)}
    assert sums.keys() >= {"rail", "power-lines", "reserves"}
    assert sums["power-lines"] == ("Hoogspanningslijnen", "469,8\N{NO-BREAK SPACE}km")
    assert sums["reserves"][0] == "Reserves"
    assert sums["reserves"][1].endswith("\N{NO-BREAK SPACE}km²")
    opened.page.locator("[data-class='power-lines.high']").uncheck()
    assert {"190,3\N{NO-BREAK SPACE}km"} == {size for name, _, size in rows.evaluate_all(SUMS) if name == "power-lines"}
    opened.quiet()
