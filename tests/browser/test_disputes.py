"""Disputed borders on a page: the pointer finds them, and their card has name and note in the reader's language."""

import pytest

BORDER = "path.dispute"


@pytest.mark.parametrize(
    ("language", "name", "words"),
    [
        ("en", "Crimea", "Administered by Russia, claimed by Ukraine."),
        ("nl", "Krim", "Bestuurd door Rusland, opgeëist door Oekraïne."),
        ("zh", "克里米亚", "由俄罗斯管辖，乌克兰提出主张。"),
        ("ru", "Крым", "Под управлением: Россия. Притязания: Украина."),
    ],
)
def test_the_card_of_a_disputed_border_has_its_name_and_note(shared_page, language, name, words):
    opened = shared_page("rail")
    opened.apply(lang=language, selected="borders/crimea")
    assert opened.card.locator("h2").inner_text() == name
    assert words in opened.card.inner_text()
    assert opened.page.locator(f"{BORDER}.halo").count() == 1


def test_a_click_on_a_disputed_border_opens_its_card(shared_page):
    opened = shared_page("trade")  # the areas of countries do not cover it
    opened.apply(view={"lat": 35.5, "lng": 79, "zoom": 6})
    x, y = opened.page.evaluate(
        """() => {
            const nodes = [...document.querySelectorAll("path.dispute")];
            const node = nodes.find((one) => one.getAttribute("d").length > 40);
            const half = node.getTotalLength() / 2;
            const { x, y } = node.getPointAtLength(half / 2).matrixTransform(node.getScreenCTM());
            return [x, y];
        }"""
    )
    opened.page.mouse.click(x, y)
    assert opened.card.locator(".over").inner_text() == "Disputed border"


def test_an_unknown_border_is_not_selected(shared_page):
    opened = shared_page("rail")
    opened.apply(selected="borders/atlantis")
    assert opened.state()["selected"] is None
