"""A page picks the same form of a message for a number as Python does."""

import pytest

from corridors.locales import LANGUAGES, counted, messages, unit

COUNTS = (0, 1, 2, 3, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 111)
VALUES = ((1, 0), (1, 1), (0.96, 0), (1.5, 1), (2, 0), (5, 0), (21, 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_python_pick_the_same_form(page_of, repo, language):
    code = (repo / "src" / "corridors" / "web" / "assets" / "text.js").read_text(encoding="utf-8")
    ask = """
        const [language, words, counts, values] = given;
        Object.assign(corridors.data, { messages: { [language]: words } });
        corridors.speak(language);
        return [
            counts.map((count) => corridors.counted("totals.shown", count, "7")),
            values.map(([value, digits]) => corridors.unit("days", value, digits)),
        ];"""
    given = [language, dict(messages(language)), COUNTS, VALUES]
    said = page_of("overview").page.evaluate(f"(given) => {{ const corridors = {{}}; {code} {ask} }}", given)
    assert said[0] == [counted("totals.shown", count, language, "7") for count in COUNTS]
    assert said[1] == [unit("days", value, digits, language) for value, digits in VALUES]
