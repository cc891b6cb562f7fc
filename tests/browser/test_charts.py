"""Charts of figures over time: drawn where Python says, words keep clear of each other, and a table has all of it."""

import pytest

from corridors.content.look import LOOK
from corridors.locales import LANGUAGES, number
from corridors.locales.wording import bare
from corridors.measures.multiples import places, width_of
from corridors.measures.series import Point
from tests.page_data import source_title

# For each feature: how many charts its card has, the pairs of their words that overlap, and the words outside a chart.
CLASHES = """async (features) => {
    const clashes = (chart) => {
        const texts = [...chart.querySelectorAll("text")];
        const words = texts.map((node) => [node.textContent, node.getBoundingClientRect()]);
        const edge = chart.getBoundingClientRect();
        const beside = (a, b) => a.right - 1 <= b.left || b.right - 1 <= a.left;
        const clash = (a, b) => !beside(a, b) && a.top < b.bottom - 3 && b.top < a.bottom - 3;
        const over = words.flatMap(([text, box], nth) =>
            words.slice(nth + 1).filter(([, other]) => clash(box, other)).map(([other]) => `${text} on ${other}`));
        const cut = words.filter(([, box]) => box.left < edge.left - 1 || box.right > edge.right + 1);
        return [...over, ...cut.map(([text]) => `${text} cut off`)];
    };
    const found = [];
    for (const selected of features) {
        window.corridors.apply({ selected });
        await new Promise((done) => queueMicrotask(done));
        const charts = [...document.querySelectorAll("section.card svg.chart")];
        for (const table of document.querySelectorAll("section.card .charts details")) table.open = true;
        const heads = [...document.querySelectorAll("section.card .charts thead th")];
        const wide = heads.filter((head) => head.scrollWidth > head.clientWidth || head.offsetHeight > 30);
        const faults = [...charts.flatMap(clashes), ...wide.map((head) => `${head.textContent} too wide`)];
        found.push([selected, charts.length, faults]);
    }
    return found;
}"""


@pytest.mark.parametrize("name", ["gateways", "trade"])
def test_no_two_words_of_a_chart_lie_on_each_other(shared_page, name):
    """Each card in two languages; the cards take them in turn."""
    opened = shared_page(name)
    charted = [feature for feature in opened.payload()["features"] if feature["series"]]
    assert len(charted) > 1
    wanted = [[feature["id"], len(feature["series"]), []] for feature in charted]
    assert len(wanted) >= len(LANGUAGES)
    opened.apply(layers=[])  # a card with nothing on the map takes less time
    for turn, language in enumerate(LANGUAGES):
        opened.speak(language)
        own = [one for nth, one in enumerate(wanted) if (nth + turn) % len(LANGUAGES) < 2]
        assert opened.page.evaluate(CLASHES, [feature for feature, *_ in own]) == own, language


# Of each chart: its features' figures as they are drawn: position and height of each column, and its full name.
DRAWN = """(within) => [...document.querySelectorAll(`${within} svg.chart`)].map((chart) => {
    const of = (node, name) => Number(node.getAttribute(name));
    const bars = [...chart.querySelectorAll("rect.bar")];
    return {
        width: of(chart, "width"),
        bars: bars.map((node) => [of(node, "x") + of(node, "width") / 2, of(node, "height"), node.textContent]),
    };
})"""


def as_points(series):
    return [Point(one[0], one[1], one[2], "", False, False, False, ()) for one in series["points"]]


def assert_drawn(drawn, series, axis, top):
    """A chart has each figure of a series in the column and with the height that Python gives it."""
    wanted = places(as_points(series), axis)
    assert len(drawn["bars"]) == len(wanted)
    step = min(LOOK["chart"][1] / LOOK["chart"][0], (drawn["width"] - 6) / width_of(axis))
    values = [point[1] for point in series["points"]]
    tallest = max(height for _, height, _ in drawn["bars"]) / max(values)
    for (middle, height, named), column, point in zip(drawn["bars"], wanted, series["points"], strict=True):
        assert middle == pytest.approx(3 + column * step)
        assert height == pytest.approx(max(1, point[1] * tallest), abs=0.01)
        assert number(point[1], decimals(point[1]), "en") in named
    return tallest * top


def decimals(value):
    return len(str(value).removesuffix(".0").partition(".")[2])


def test_charts_beside_a_map_have_one_axis_and_one_scale(shared_page):
    opened = shared_page("trade")
    payload = opened.payload()
    features = {one["id"]: one for one in payload["features"]}
    [declared] = payload["map"]["charts"]
    total, *several = opened.page.evaluate(DRAWN, ".multiples")
    assert len(several) == len(declared["of"]) == 5
    [all_together] = [one for one in features["countries/chn"]["series"] if one["label"] == "series.trade_region"]
    assert_drawn(total, all_together, declared["total"]["axis"], declared["total"]["top"])
    heights = set()
    for drawn, feature in zip(several, declared["of"], strict=True):
        [series] = [one for one in features[feature]["series"] if one["label"] == "series.trade"]
        heights.add(round(assert_drawn(drawn, series, declared["axis"], declared["top"]), 3))
    assert len(heights) == 1, "as many pixels for a billion in each"


def test_charts_of_a_card_are_the_series_of_its_feature(shared_page):
    opened = shared_page("gateways")
    payload = opened.payload()
    charted = [one for one in payload["features"] if one["series"]]
    opened.apply(layers=[])
    for feature in charted:
        opened.apply(selected=feature["id"])
        drawn = opened.page.evaluate(DRAWN, ".card")
        for chart, series in zip(drawn, feature["series"], strict=True):
            assert_drawn(chart, series, feature["axis"], series["top"])


def test_the_chosen_year_is_marked_and_what_is_later_is_pale(shared_page):
    opened = shared_page("trade")
    opened.apply(year=2023)
    for chart in opened.page.locator(".multiples svg.chart").all():
        assert chart.locator(".band").count() == 1
        assert "2023" in chart.locator("text.chosen").all_text_contents()
        bars = chart.locator("rect.bar").evaluate_all(
            "(bars) => bars.map((bar) => [bar.getAttribute('opacity'), bar.textContent])"
        )
        assert [opacity == str(LOOK["later"][1]) for opacity, _ in bars] == [int(told[:4]) > 2023 for _, told in bars]
    opened.apply(year=2017)  # in a break of the five, and a year of the total
    assert opened.page.locator(".multiples text.chosen").all_text_contents().count("2017") == 6
    opened.apply(year=1990)  # before all of them
    assert opened.page.locator(".multiples .band").count() == 0


# Of each row of a table: its figure, and the sources of that.
CELLS = """(rows) => rows.map((row) => {
    const [amount, cited] = row.querySelectorAll("td");
    return [amount.innerText, [...cited.querySelectorAll("a, span")].map((node) => node.innerText)];
})"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_behind_charts_has_every_figure_to_its_last_digit(shared_page, language):
    opened = shared_page("trade")
    opened.speak(language)
    payload = opened.payload()
    features = {one["id"]: one for one in payload["features"]}
    [declared] = payload["map"]["charts"]
    wanted = [
        (features["countries/chn"], "series.trade_region"),
        *((features[one], "series.trade") for one in declared["of"]),
    ]
    points = [
        (feature, point, series["unit"])
        for feature, label in wanted
        for series in feature["series"]
        if series["label"] == label
        for point in series["points"]
    ]
    summary = opened.page.locator(".multiples summary")
    summary.focus()
    opened.page.keyboard.press("Enter")
    told = opened.page.locator(".multiples tbody tr:has(td)").evaluate_all(CELLS)
    for (amount, cited), (feature, point, unit) in zip(told, points, strict=True):
        assert bare(point[1], unit, language) in amount
        assert cited == [source_title(payload, feature["sources"][place], language) for place in point[3]]
    opened.page.keyboard.press("Enter")


def test_a_part_of_a_year_is_hatched_and_what_is_later_stands_beyond_the_line(shared_page):
    opened = shared_page("gateways")
    opened.apply(selected="ports/cn-khorgos-rail")
    [told] = [one for one in opened.payload()["features"] if one["id"] == "ports/cn-khorgos-rail"]
    chart = opened.card.locator("svg.chart").first
    bars = chart.locator("rect.bar").evaluate_all(
        "(bars) => bars.map((bar) => [getComputedStyle(bar).fill, Number(bar.getAttribute('x'))])"
    )
    now = float(chart.locator("line.now").get_attribute("x1"))
    for (fill, x), point in zip(bars, told["series"][0]["points"], strict=True):
        marks = point[4].split() if len(point) > 4 else []
        hatched, beyond = "url" in fill, x > now
        assert (hatched, beyond) == ("part" in marks, "later" in marks), point
    texts = chart.locator("text").evaluate_all("(nodes) => nodes.map((node) => node.textContent)")
    assert {"2021", "2023", "2025"} <= set(texts)
    assert {text for text in texts if "–" in text} >= {"1–12", "1–7"}  # the third would lie on the second
    assert "17 June 2025" in opened.card.locator(".charts > .fine").inner_text()
