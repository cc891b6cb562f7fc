"""Charts of a card: words keep clear of each other in every language, parts of a year are hatched and named."""

import re

import pytest

from corridors.locales import LANGUAGES
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
        found.push([selected, charts.length, charts.flatMap(clashes)]);
    }
    return found;
}"""


@pytest.mark.parametrize("name", ["gateways", "trade"])
def test_no_two_words_of_a_chart_lie_on_each_other(shared_page, name):
    opened = shared_page(name)
    charted = [feature for feature in opened.payload()["features"] if feature["series"]]
    assert len(charted) > 1
    wanted = [[feature["id"], len(feature["series"]), []] for feature in charted]
    for language in LANGUAGES:
        opened.speak(language)
        assert opened.page.evaluate(CLASHES, [feature["id"] for feature in charted]) == wanted, language


def test_a_part_of_a_year_is_hatched_and_what_is_later_stands_beyond_the_line(shared_page):
    opened = shared_page("gateways")
    opened.apply(selected="ports/cn-khorgos-rail")
    [told] = [one for one in opened.payload()["features"] if one["id"] == "ports/cn-khorgos-rail"]
    chart = opened.card.locator("svg.chart").first
    bars = chart.locator("rect.bar")
    for bar, point in zip(bars.all(), told["series"][0]["points"], strict=True):
        marks = point[4].split() if len(point) > 4 else []
        hatched = "url" in bar.evaluate("(node) => getComputedStyle(node).fill")
        beyond = float(bar.get_attribute("x")) > float(chart.locator("line.now").get_attribute("x1"))
        assert (hatched, beyond) == ("part" in marks, "later" in marks), point
    texts = chart.locator("text").evaluate_all("(nodes) => nodes.map((node) => node.textContent)")
    assert {"2021", "2024", "2025"} <= set(texts)
    named = [re.sub(r" ?\d+ ?", "", text) for text in texts if "Jan" in text]  # with the last day if there is space
    assert named == ["Jan–Dec", "Jan–Jul", "Jan–Nov"]
    assert "17 June 2025" in opened.card.locator(".charts > .fine").inner_text()


def test_each_figure_of_a_chart_is_told_with_sources_of_its_own(shared_page):
    opened = shared_page("trade")
    opened.apply(selected="countries/kaz")
    payload = opened.payload()
    [told] = [one for one in payload["features"] if one["id"] == "countries/kaz"]
    opened.card.locator(".charts summary").click()
    lines = opened.card.locator(".charts dd").all()
    for line, point in zip(lines, told["series"][0]["points"], strict=True):
        titles = [source_title(payload, told["sources"][place]) for place in point[3]]
        assert line.locator("small").all_inner_texts() == titles
