"""The arguments of a placeholder's function: faults are reported in our messages, with their line."""

import re
from functools import partial

import pytest

from corridors.documents.document import _words
from corridors.documents.pictures import Pictures
from corridors.documents.placeholders import Writer
from corridors.documents.template import article_of, fill
from corridors.errors import InputError, UsageError
from corridors.locales import LANGUAGES, Message

PYTHON = re.compile(
    r"\b(?:NoneType|instance|iterable|subscript|unhashable|attribute|token|keyword|callable|operand|<class|"
    r"Traceback|Error|expected|dict|tuple|positional)\b"
)
"""Words of Python and of the template library."""

WRONG = [
    "1", "-1", "99999", "1.5", "True", "none", '""', '"nothing"', '"é\\u0000"', "[]", "[1]", '["a", 2]', "()",
    "measure",
]  # fmt: skip


@pytest.fixture(scope="module")
def words(context):
    """All names for templates. Drawing is fast, since nothing is drawn."""
    writer = Writer(context, "en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pictures, "_draw", lambda *_: pytest.fail("drawn"))
        yield _words(writer, Pictures(writer), article_of("", "my.md"))


def refused(text, words):
    """The error of a template. Its Dutch text has no word of Python's."""
    with pytest.raises(InputError) as told:
        fill(f"first\n{text}", words, "my.md")
    assert isinstance(told.value.message, Message)
    assert not PYTHON.search(re.sub(r"'[^']*'|\w+\(.*?\)", "", told.value.text("nl"))), told.value.text("nl")
    return told.value


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('{{ figure("rail", widht_mm=80) }}', r"no argument 'widht_mm'\. Did you mean width_mm\? .*one of .*extent"),
        ('{{ chart("trade", extent="1,2,3,4") }}', "chart has no argument 'extent'"),
        ('{{ sources("x") }}', "sources takes at most 0 values"),
        ("{{ sources(all=True) }}", "sources has no argument 'all'.*without arguments"),
        ("{{ measure() }}", r"measure needs name\. Remedy: write measure\(name, unit=…"),
        ("{{ number(1, 2, 3) }}", r"number takes at most 2 values .*not 3\. Remedy: write number\(value, digits\)"),
        ('{{ number("3") }}', "number: value is a number, as 80.5, not '3'"),
        ("{{ country(5) }}", "country: code is a text in quotation marks.* not 5"),
        ('{{ country("KAX") }}', "'KAX' is no code of a country.*KAZ"),
        ('{{ date("2025-02-31") }}', "'2025-02-31' is no date"),
        ('{{ measure("rail_km", unit="yes") }}', "unit is True or False, not 'yes'"),
        ('{{ figure("rail", year="2013") }}', "year is a whole number, as 2013, not '2013'"),
        ('{{ figure("rail", extent=79) }}', "extent is numbers in brackets.*text in quotation marks"),
        ('{{ table("trade", "x") }}', r"table\('trade'\) takes at most 0 values"),
        ('{{ table("route", "Almaty") }}', r"table\('route'\) needs end"),
        ('{{ table("trade", mode="rail") }}', r"table\('trade'\) has no argument 'mode'"),
        ('{{ figure("rail", caption="a", caption="b") }}', "figure is given caption twice"),
        ('{{ figure("rail", name="b") }}', "figure is given name twice"),
        ('{{ measure(*["rail_km"]) }}', r"cannot do this \(\*\)"),
        ('{% if "a" < 1 %}x{% endif %}', "different kinds"),
        ("{% for one in 5 %}{{ loop.index }}{% endfor %}", "different kinds"),
        ('{{ figure("rail" width=80) }}', "the placeholder in '.*figure.*' cannot be read"),
        ("{{ " + "9" * 5000 + " }}", "cannot be read"),
        ('{{ figure("rail", width=50, width_mm=80) }}', "both given"),
        ('{{ figure("rail", width_mm=20) }}', r"20 mm is out of bounds\. Remedy: 60 to 170 mm"),
        ('{{ figure("trade-chart", year=2013) }}', "year is of maps, and 'trade-chart' is none"),
        ('{{ figure("rail", extent="79,43,east,45") }}', "a part of it is no number"),
    ],
)  # fmt: skip
def test_an_argument_that_will_not_do_is_told_with_its_line_and_what_would(words, text, named):
    error = refused(text, words)
    assert re.search(named, str(error)), str(error)
    for lang in LANGUAGES:
        assert error.text(lang).startswith("my.md"), error.text(lang)
    if "9999" not in text:
        assert str(error).startswith("my.md, line 2: ")


def test_no_function_answers_wrong_values_in_words_of_python(words):
    told = []
    for name, function in words.items():
        if not callable(function):
            continue
        for wrong in WRONG:
            for call in (f"{name}({wrong})", f'{name}("rail", {wrong})', f'{name}("rail_km", digits={wrong})'):
                try:
                    fill(f"first\n{{{{ {call} }}}}", words, "my.md")
                except InputError as error:
                    told.append((call, error.text("nl")))
                except pytest.fail.Exception:
                    pass  # it would have been drawn
    assert len(told) > 300
    bare = ((call, re.sub(r"'[^']*'|\"[^\"]*\"|\w+\(.*?\)", "", text)) for call, text in told)
    assert [(call, text) for call, text in bare if PYTHON.search(text)] == []


def test_a_fault_within_a_function_is_no_fault_of_the_article():
    def faulty():
        return {}["missing"]

    with pytest.raises(KeyError):
        fill("{{ faulty() }}", {"faulty": faulty}, "my.md")


def test_arguments_that_fit_are_handed_on():
    def function(name: str, *more: str, digits: int | None = None, **by: str | int) -> str:
        return f"{name} {more} {digits} {sorted(by.items())}"

    told = fill('{{ function("a", "b", digits=none, period=2024, of="c") }}', {"function": function}, "my.md")
    assert "a" in told
    assert "2024" in told
    with pytest.raises(InputError, match=r"period is a text in quotation marks.*a whole number"):
        fill('{{ function("a", period=1.5) }}', {"function": function}, "my.md")
    half = partial(function, "a")
    with pytest.raises((InputError, UsageError), match="more is a text"):
        fill("{{ half(1) }}", {"half": half}, "my.md")
