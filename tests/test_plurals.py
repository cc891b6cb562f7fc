"""A page picks the same form of a message for a number as Python does."""

import pytest

from corridors.locales import LANGUAGES, counted, messages, number_format, unit
from corridors.web.encode import messages_of

COUNTS = (0, 1, 2, 3, 4, 5, 11, 12, 14, 21, 22, 25, 100, 101, 111)
VALUES = ((1, 0), (1, 1), (0.96, 0), (1.5, 1), (2, 0), (5, 0), (21, 0))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_and_python_pick_the_same_form(ask_script, language):
    payload = {
        "lang": language,
        "messages": messages_of({language: messages(language)}),
        "formats": {language: dict(number_format(language))},
    }
    calls = [("payload/text", "countedMessage", ["totals.shown", count, "7"]) for count in COUNTS]
    calls += [("payload/text", "unitWord", ["days", value, digits]) for value, digits in VALUES]
    wanted = [counted("totals.shown", count, language, "7") for count in COUNTS]
    wanted += [unit("days", value, digits, language) for value, digits in VALUES]
    assert ask_script(calls, payload) == wanted
