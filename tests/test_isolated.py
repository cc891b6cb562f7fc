"""Names of data beside words of ours: whatever controls of direction a name has, the words after it are not turned."""

import random

from corridors.content.isolated import END, START, isolated

SIGNS = "ab \u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
CHOICE = random.Random(5)  # noqa: S311 - no secret
NAMES = ["", "Khorgos", "霍尔果斯", *("".join(CHOICE.choices(SIGNS, k=CHOICE.randrange(1, 9))) for _ in range(300))]


def left_open(text):
    """The embeddings and isolates that are open at the end of a text, by the rules X1 to X8 of Unicode UAX 9."""
    stack = []
    for sign in text:
        if sign in "\u202a\u202b\u202d\u202e\u2066\u2067\u2068":
            stack.append(sign)
        elif sign == "\u202c" and stack and stack[-1] < "\u2066":
            stack.pop()
        elif sign == END and any(each >= "\u2066" for each in stack):
            while stack.pop() < "\u2066":
                pass
    return stack


def test_nothing_is_open_behind_a_name():
    for name in NAMES:
        once = isolated(name)
        assert not left_open(once), ascii(name)
        assert not left_open(isolated(f"{once} · lines")), ascii(name)
        assert f"{once} · lines" in isolated(f"{once} · lines")
        assert [sign for sign in once if sign < "\u2066"] == [sign for sign in name if sign < "\u2066"], ascii(name)


def test_names_without_controls_stay_as_they_are():
    assert isolated("霍尔果斯 · قورغاس") == "霍尔果斯 · قورغاس"
    assert isolated("a\u202eb") == f"{START}a\u202eb{END}"


def test_page_and_command_isolate_alike(ask_script):
    payload = {"lang": "en", "messages": {"key": [], "en": []}}
    said = ask_script([("payload/isolated", "isolated", [name]) for name in NAMES], payload)
    assert said == [isolated(name) for name in NAMES]
    [line] = ask_script([("payload/isolated", "dotted", ["a\u202e", "", None, "b"])], payload)
    assert line == "\u2068a\u202e\u2069 · b"
