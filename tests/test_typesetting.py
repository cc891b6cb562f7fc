"""Maps and charts break text into lines by one rule: at allowed places, and not wider than the space."""

from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.figures.fonts import register
from corridors.figures.typesetting import NARROWEST, UNBROKEN, even, pieces, width_mm, wrap
from corridors.locales import LANGUAGES

TEXTS = st.text(alphabet="ab 1,。（）”公里\u00a0·—", max_size=60)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Rail and road", ["Rail ", "and ", "road"]),
        ("九百七十", ["九", "百", "七", "十"]),
        ("铁路，公路。", ["铁", "路，", "公", "路。"]),
        ("共（约）9\u00a0亿元", ["共", "（约）", "9\u00a0亿元"]),
        ("“铁路”12\u00a0km", ["“铁", "路”", "12\u00a0km"]),
        ("1,520\u00a0km of track", ["1,520\u00a0km ", "of ", "track"]),
        ("最远（4,632\u00a0公里）。", ["最", "远", "（4,632\u00a0公里）。"]),
        ("贸易：“公路”", ["贸", "易：", "“公", "路”"]),
        ("共59,777公里，2024年为8亿美元", ["共", "59,777公里，", "2024年", "为", "8亿美元"]),
        ("Китай – Кыргызстан", ["Китай – ", "Кыргызстан"]),
        ("ни в Сиане, а с паромом", ["ни ", "в Сиане, ", "а с паромом"]),
        ("Xi'an–Poti – a ferry", ["Xi'an–Poti – ", "a ", "ferry"]),
        ("a\nb", ["a", "\n", "b"]),
        ("", []),
    ],
)
def test_a_line_breaks_between_words_and_chinese_characters(text, parts):
    assert pieces(text) == parts


def test_a_number_stays_with_its_unit():
    assert UNBROKEN.sub("\u00a0", "51.8 %, 30 km, 4 мм, 9 lines") == "51.8\u00a0%, 30\u00a0km, 4\u00a0мм, 9 lines"
    assert UNBROKEN.sub("\u00a0", "9,7 млн т и 49,7° с. ш.") == "9,7\u00a0млн т и 49,7°\u00a0с.\u00a0ш."


@given(TEXTS, st.integers(1, 30))
def test_lines_hold_the_whole_text_and_are_no_wider_than_they_can_be(text, width):
    lines = wrap(text, width, len)
    assert "".join("".join(lines).split(" ")) == "".join(text.split(" "))
    widest = max((len(part.strip(" ")) for part in pieces(text)), default=0)
    assert all(len(line) <= max(width, widest) for line in lines)


@given(TEXTS, st.integers(1, 30))
def test_a_line_ends_only_where_its_next_part_has_no_space(text, width):
    lines = [""]
    for part in pieces(text):
        if lines[-1] and len((lines[-1] + part).rstrip(" ")) > width:
            lines.append("")
        lines[-1] += part
    assert wrap(text, width, len) == [line.strip(" ") for line in lines]


def test_a_text_has_room_in_its_own_width():
    text = "Corridors of the atlas, 1,520\u00a0km each, 中欧班列，2026 年"
    register()
    for language, points in product(LANGUAGES, (5.5, 6.2, 7.3, 9.1)):
        measure = partial(width_mm, language=language, points=points)
        assert wrap(text, measure(text), measure) == [text]
        assert len(wrap(text, measure(text) - 1e-6, measure)) == 2


@given(TEXTS, st.integers(1, 30), st.sampled_from([NARROWEST, 0.8]))
def test_even_lines_are_as_few(text, width, least):
    lines = even(text, width, len, least=least)
    assert len(lines) == len(wrap(text, width, len))
    assert max(map(len, lines)) <= max(map(len, wrap(text, width, len)))


def test_even_lines_are_about_as_long_as_each_other():
    text = "one two three four five six seven"
    assert wrap(text, 28, len) == ["one two three four five six", "seven"]
    assert even(text, 28, len) == ["one two three four", "five six seven"]
