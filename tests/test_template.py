"""The allowed parts of a template; and all its values stay text."""

import json
import subprocess

import pypandoc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corridors.documents.pandoc import READER, plain
from corridors.documents.tables import Column, Table, table_markdown
from corridors.documents.template import Markdown, article_of, fill, markdown_text, read_article
from corridors.errors import FileError, InputError, UsageError
from corridors.locales import message

HOSTILE = "*a* _b_ [c](d) <script>e</script> ![f](g) `h` | i #j $k$ @l ^[m] {{ n }} \\o ~~p~~ &amp; --- 1. q"


def measure(name, *, country=""):
    if name != "rail_km":
        raise UsageError(f"there is no measure {name!r}. Remedy: name another.")
    return f"9,653{country}"


WORDS = {
    "measure": measure,
    "hostile": HOSTILE,
    "made": Markdown("**bold**"),
    "rows": [{"name": "one", "items": "two"}, {"name": "three", "items": "four"}],
}


def told(text):
    """The text as pandoc parses it in documents."""
    asked = [pypandoc.get_pandoc_path(), "--from", READER, "--to", "json"]
    return json.loads(subprocess.run(asked, input=text.encode(), capture_output=True, check=True).stdout)["blocks"]


# --- what it can do ---------------------------------------------------------------------------------------------------


def test_placeholders_conditions_and_loops_are_filled():
    text = (
        '{{ measure("rail_km", country=" KAZ") }}\n<!-- not said -->\n{% for row in rows %}\n'
        "{{ loop.index }} {{ row.name }}{% if loop.last %}!{% endif %}\n\n{% endfor %}{{ made }}"
    )
    assert fill(text, WORDS, "my.md").split() == [r"9\,653", "KAZ", "1", "one", "2", "three!", "**bold**"]


def test_an_id_of_a_heading_is_no_comment():
    assert fill("# Rail {#rail}", {}, "my.md") == "# Rail {#rail}"


# --- what it cannot ---------------------------------------------------------------------------------------------------

ESCAPES = [
    "{{ ''.__class__ }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ measure.__globals__ }}",
    "{{ measure.__init__.__globals__['os'] }}", "{{ rows.__class__ }}", "{{ rows[0].__class__ }}",
    "{{ rows[0]['__class__'] }}", "{{ hostile['upper'] }}", "{{ hostile.format }}", "{{ '{0.__class__}'.format(1) }}",
    "{{ '%s'|format(1) }}", "{{ [1]|map(attribute='real')|list }}", "{{ ()|attr('__class__') }}", "{{ self }}",
    "{{ self.__init__ }}", "{{ cycler }}", "{{ cycler.__init__.__globals__.os.system('id') }}", "{{ joiner() }}",
    "{{ namespace() }}", "{{ lipsum() }}", "{{ lipsum.__globals__ }}", "{{ dict() }}", "{{ config }}",
    "{{ range(10**9) }}", "{% for i in range(10**9) %}{% endfor %}", "{{ 9 ** 9 ** 9 }}", "{{ 'a' * 10000000000 }}",
    "{{ '%1000000000d' % 1 }}", "{{ 'a' ~ 'b' }}", "{{ 1 + 1 }}", "{% include 'x' %}", "{% include '/etc/passwd' %}",
    "{% import 'os' as os %}", "{% from 'os' import path %}", "{% extends 'x' %}", "{% block x %}{% endblock %}",
    "{% set x = 1 %}", "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}", "{% call measure('x') %}{% endcall %}",
    "{% filter upper %}x{% endfilter %}", "{% with x = 1 %}{% endwith %}", "{% autoescape false %}{% endautoescape %}",
    "{% for a in rows recursive %}{{ loop(rows) }}{% endfor %}", "{% for r in rows %}{{ loop.cycle('a') }}{% endfor %}",
    "{% for r in rows %}{{ loop.__class__ }}{% endfor %}", "{{ measure }}", "{{ rows }}", "{{ 1.5 }}", "{{ true }}",
    "{{ 1e999 }}", "{{ none }}", "{{ rows[0].other }}", "{{ rows[9] }}", "{{ measure() }}", "{{ measure(1, 2, 3) }}",
    "{{ measure('rail_km', **rows[0]) }}", "{{ measure('rail_km').upper() }}", "{{ (measure)('x').y }}",
    "{{ 'a' is callable }}",
    "{% for a in rows %}{% for b in rows %}{% for c in rows %}{% endfor %}{% endfor %}{% endfor %}",
    "{% for a in 5 %}{% endfor %}", "{{", "{% if %}", "{{ " + "(" * 3000 + "1" + ")" * 3000 + " }}",
    "{{ " + "9" * 5000 + " }}", "{% debug %}", "{% do 1 %}", "{% trans %}a{% endtrans %}", "<!-- not closed",
]  # fmt: skip


@pytest.mark.parametrize("text", ESCAPES, ids=range(len(ESCAPES)))
def test_a_template_cannot_reach_out_compute_or_run_on(text):
    with pytest.raises(InputError, match=r"^my\.md(, line 2)?: .*Remedy: ") as refused:
        fill(f"first line\n{text}", WORDS, "my.md")
    assert "\n" not in str(refused.value)


def test_what_it_comes_to_is_bounded():
    rows = [{"name": "x" * 1000}] * 100
    with pytest.raises(InputError, match="2,000,000 characters"):
        fill("{% for a in rows %}{% for b in rows %}{{ b.name }}{% endfor %}{% endfor %}", {"rows": rows}, "my.md")


def test_an_unknown_name_is_told_with_its_line_and_the_nearest():
    with pytest.raises(InputError, match=r"my\.md, line 3: there is no 'mesure' .* Did you mean measure\?"):
        fill('a\n\n{{ mesure("rail_km") }}', WORDS, "my.md")


def test_what_a_function_refuses_is_told_with_its_line():
    with pytest.raises(InputError, match=r"^my\.md, line 2: there is no measure 'road'\. Remedy: name another\.$"):
        fill('a\n{{ measure("road") }}', WORDS, "my.md")


def test_a_message_with_its_place_is_in_one_language_however_deep_it_comes_from():
    def refuse():
        raise UsageError(message("error.report.date", "'x'"))

    for text, words in (("{{ refuse() }}", "geen datum"), ("{{ refuze() }}", "Bedoelt u refuse?")):
        with pytest.raises(InputError) as refused:
            fill(f"a\n{text}", {"refuse": refuse}, "my.md")
        dutch = refused.value.text("nl")
        assert dutch.startswith("my.md, regel 2: ")
        assert words in dutch
        assert dutch.count("Oplossing: ") == 1
        assert "Remedy" not in dutch


# --- text stays text --------------------------------------------------------------------------------------------------


def test_what_a_placeholder_gives_is_text_for_pandoc():
    (block,) = told(fill("{{ hostile }}", WORDS, "my.md"))
    assert {part["t"] for part in block["c"]} == {"Str", "Space"}
    assert plain(block) == HOSTILE


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), max_size=60))
def test_any_text_is_escaped_so_that_only_letters_and_spaces_are_bare(text):
    escaped = markdown_text(text)
    assert escaped.replace("\\\\", "").count("\\") + escaped.count("\\\\") == sum(
        33 <= ord(sign) <= 126 and not sign.isalnum() for sign in text
    )
    assert "\n" not in markdown_text(text + "\n\n# x")


def test_a_cell_of_a_table_stays_in_its_cell():
    table = Table(HOSTILE, [Column("a|b", 3), Column("n", right=True)], [[HOSTILE, "1"], ["", Markdown("**2**")]])
    (block,) = told(table_markdown(table, "Table 1"))
    assert block["t"] == "Table"
    assert [spec[0]["t"] for spec in block["c"][2]] == ["AlignLeft", "AlignRight"]
    assert plain(block["c"][1]) == f"Table 1. {HOSTILE}"
    rows = block["c"][4][0][3]
    assert [[plain(cell[4]) for cell in row[1]] for row in rows] == [[HOSTILE, "1"], ["", "2"]]
    assert '"Strong"' in json.dumps(rows[1])


# --- articles ---------------------------------------------------------------------------------------------------------


def test_front_matter_is_read_and_lines_keep_their_numbers():
    article = article_of('---\ntitle: "A: b"\n# a remark\nlang: nl\n---\nfirst', "my.md")
    assert article.front == {"title": "A: b", "lang": "nl"}
    assert article.body.split("\n")[5] == "first"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("---\ntitle: x", "line 1: the front matter does not end"),
        ("---\ntitel: x\n---\n", "line 2: 'titel: x'"),
        ("---\n- x\n---\n", "line 2"),
        ("---\ntitle: x\n  y\n---\n", "line 3"),
    ],
)
def test_front_matter_that_cannot_be_read_is_told(text, named):
    with pytest.raises(InputError, match=named):
        article_of(text, "my.md")


def test_a_file_that_is_no_article_is_told(tmp_path):
    with pytest.raises(FileError, match="Remedy: name a Markdown file"):
        read_article(tmp_path / "none.md")
    path = tmp_path / "latin.md"
    path.write_bytes("é".encode("latin-1"))
    with pytest.raises(InputError, match="not UTF-8 at byte 0"):
        read_article(path)
    path.write_bytes(b"x" * 1_000_001)
    with pytest.raises(InputError, match="1,000,000 bytes"):
        read_article(path)
