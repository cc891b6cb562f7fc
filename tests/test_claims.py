"""The claims: the conditions of each verdict, on the committed facts and on changed ones."""

import json
from dataclasses import replace

import pytest
from shapely import Point

from corridors.claims.context import ClaimContext
from corridors.claims.evidence import VERDICTS, fit_date, fit_number
from corridors.claims.verdicts import METHODS, NO_TEXT, check_claim, check_claims, check_claims_in, printed_in, tally
from corridors.claims.wayfinder import Wayfinder
from corridors.data.checks import FORMS, UnreadableCheckError, parse_check
from corridors.data.facts import Facts
from corridors.data.periods import span
from corridors.errors import InputError
from corridors.locales import LANGUAGES, messages
from corridors.web.claims_page import claims_html

ALMATY = Point(76.9115, 43.25249)
NAMES = ["id", "quote", "label", "stated", "recomputed", "unit", "method", "verdict", "sources", "place", "note"]
CLAIMS = 41
COMMITTED = {
    "c01": ("contradicted", "Almaty", "Astana"),
    "c02": ("confirmed", "2023;Xi'an", "2023-05-18/2023-05-19;Xi'an"),
    "c03": ("confirmed", 5, 5),
    "c04": ("confirmed", "2013", "2013-09-07"),
    "c06": ("consistent", "cities/kz-almaty;cities/uz-tashkent", "cities/kz-almaty;cities/uz-tashkent"),
    "c07": ("consistent", None, 2161.66),
    "c08": ("confirmed", "under_construction", "under_construction"),
    "c09": ("confirmed", 312, 312.04),
    "c10": ("confirmed", 674, 674.15),
    "c11": ("confirmed", 116, 116.05),
    "c12": ("confirmed", 7.3, 7.254),
    "c13": ("confirmed", 2.3, 2.325),
    "c14": ("confirmed", 30, 30),
    "c15": ("not_checkable", None, None),
    "c16": ("consistent", None, 1233.33),
    "c17": ("confirmed", 4.36, 4.36),
    "c18": ("confirmed", 26.9, 26.9),
    "c19": ("confirmed", 202.1, 202.1),
    "c20": ("confirmed", 153.7, 153.7),
    "c21": ("consistent", 10.9, 10.9),
    "c22": ("confirmed", 19.9, 19.9),
    "c23": ("confirmed", 51.8, 51.8),
    "c24": ("consistent", 143, 143.65),
    "c25": ("confirmed", 10.9, 10.9),
    "c26": ("consistent", 50, 50.15),
    "c29": ("consistent", "2014", "2014"),
    "c30": ("confirmed", "TJK", "TJK"),
    "c28": ("consistent", "1000", "18000"),
    "c31": ("confirmed", "1500", "1500"),
    "c32": ("confirmed", "cn-xian;kz-almaty-2", "cn-xian;kz-almaty-2"),
    "c33": ("confirmed", "KAZ;UZB", "KAZ;UZB"),
    "c34": ("confirmed", 4, 4),
    "c35": ("confirmed", 7, 7),
    "c36": ("consistent", None, "2025-05-29"),
    "c40": ("consistent", 500, 532.53),
    "c41": ("consistent", "cities/kz-almaty;cities/uz-tashkent", "cities/kz-almaty;cities/uz-tashkent"),
}


def with_cells(facts, table, row_id, **cells):
    """Facts with other values in cells of one row; None leaves the row out."""
    rows = [{**row, **cells} if row["id"] == row_id else row for row in facts.rows(table)]
    assert any(row["id"] == row_id for row in rows)
    return Facts({**facts.tables, table: rows})


def without(facts, table, row_id):
    return Facts({**facts.tables, table: [row for row in facts.rows(table) if row["id"] != row_id]})


def with_feature(loaded, layer, feature, **cells):
    """Layers with other values in cells of one feature."""
    frame = loaded.layers[layer].copy()
    at = frame.index[frame["id"] == feature]
    assert len(at) == 1
    for column, value in cells.items():
        frame.loc[at, column] = value
    return {**loaded.layers, layer: frame}


@pytest.fixture(scope="module")
def ways(loaded):
    return Wayfinder(loaded.facts, loaded.layers, loaded.network, loaded.assumptions)


@pytest.fixture
def claim_of(loaded, ways):
    """Check one claim of the committed atlas, with changed facts or layers."""

    def check(claim, facts=None, layers=None, language="en"):
        facts, layers = facts or loaded.facts, layers or loaded.layers
        context = ClaimContext(facts, layers, loaded.measures, ways, language, printed_in(facts))
        return check_claim(claim, context)

    return check


@pytest.fixture
def claim_with(loaded, claim_of):
    """Check the committed facts with one claim changed."""

    def check(claim="c09", facts=None, **cells):
        if isinstance(cells.get("check"), str):
            cells["check"] = (cells["check"],)
        return claim_of(claim, with_cells(facts or loaded.facts, "claims", claim, **cells))

    return check


# --- the committed claims ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def checked(loaded, ways):
    return {claim.id: claim for claim in check_claims(loaded.facts, loaded.layers, loaded.measures, ways)}


@pytest.mark.parametrize("claim", COMMITTED)
@pytest.mark.slow
def test_committed_claims_have_the_verdict_that_the_facts_give(claim, checked):
    assert (checked[claim].verdict, checked[claim].stated, checked[claim].recomputed) == COMMITTED[claim]


def test_every_claim_tells_how_it_was_checked_and_from_what(checked, loaded):
    known = loaded.facts.by_id("sources")
    assert len(checked) == len(loaded.facts.rows("claims"))
    for claim in checked.values():
        assert claim.verdict in VERDICTS
        assert claim.method.endswith(".")
        assert claim.text in claim.sources
        assert set(claim.sources) <= set(known)
        assert list(claim.sources) == sorted(set(claim.sources))
        assert all(set(other.sources) <= set(known) for other in claim.disagreeing)
        if claim.verdict in {"confirmed", "contradicted"}:
            assert len(claim.sources) > 1
            assert NO_TEXT not in {claim.stated_text, claim.recomputed_text}


def test_what_claims_are_about_is_on_a_map(checked, loaded):
    for claim in checked.values():
        if claim.place:
            layer, _, name = claim.place.partition("/")
            if layer in {"corridors", "changes"}:  # drawn by the pages; tests in the browser follow the links
                continue
            assert name in set(loaded.layers[layer]["id"]), claim.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_claims_are_told_in_every_language_with_the_same_verdicts(language, checked, loaded, ways):
    told = check_claims(loaded.facts, loaded.layers, loaded.measures, ways, language)
    assert [(one.id, one.verdict, one.stated, one.recomputed, one.quote) for one in told] == [
        (one.id, one.verdict, one.stated, one.recomputed, one.quote) for one in checked.values()
    ]
    for one in told:
        assert "{" not in one.method + one.note + one.stated_text
        assert ".." not in one.method
    if language != "en":
        assert all(one.method != checked[one.id].method for one in told)


def test_sources_that_differ_stand_beside_a_claim(checked):
    [summit] = checked["c01"].disagreeing
    assert summit.value == "Astana"
    assert "chinasquare-2025-06" not in summit.sources
    assert {(one.value, one.unit) for one in checked["c10"].disagreeing} == {
        (94.82, "billion_usd"), (93.8, "billion_usd"), (60.6, "billion_usd"), (66.2, "billion_usd"),
    }  # fmt: skip


def test_figures_of_other_periods_stand_beside_a_claim_that_only_its_own_text_gives(loaded, claim_of):
    own = with_cells(loaded.facts, "trade", "central-asia-investment-2025-06", source=("chinasquare-2025-06",))
    assert {one.value for one in claim_of("c14", own).disagreeing} == {7.82, 15, 50}


@pytest.mark.parametrize(
    ("ending", "verdict"),
    [
        ("is 18000 students", "confirmed"),
        ("above 1000 students", "consistent"),
        ("above 20000 students", "contradicted"),
    ],
)
def test_a_reported_number_is_compared_as_a_number(claim_with, ending, verdict):
    assert claim_with("c28", check=f"reported 18000 xinhua-2025-06-16-students {ending}").verdict == verdict


def test_a_reported_word_where_a_number_is_needed_is_refused(claim_with):
    with pytest.raises(InputError, match="many"):
        claim_with("c28", check="reported many xinhua-2025-06-16-students above 1000 students")


def test_a_figure_that_was_cut_off_is_told_of(checked):
    assert "143.65 billion yuan rounds to 144 billion yuan" in checked["c24"].note


def test_what_the_text_prints_itself_is_reckoned_with(checked):
    assert "143 billion yuan" in checked["c26"].note
    assert "49.93 %" in checked["c26"].note
    assert "would not hold" in checked["c26"].note


def test_cities_and_countries_of_the_flights_are_named(checked):
    for name in ("Almaty", "Ashgabat", "Astana", "Bishkek", "Dushanbe", "Samarkand", "Tashkent", "Kyrgyzstan"):
        assert name in checked["c35"].method
    assert checked["c35"].recomputed_text == "7 cities; 5 countries"


# --- verdicts follow from the facts -----------------------------------------------------------------------------------


def test_a_summit_that_moves_to_almaty_confirms_the_text(loaded, claim_of):
    moved = loaded.layers["places"].copy()
    moved.loc[moved["id"] == "summit-2025-astana", "geometry"] = ALMATY
    claim = claim_of("c01", layers={**loaded.layers, "places": moved})
    assert (claim.verdict, claim.recomputed, claim.disagreeing) == ("confirmed", "Almaty", ())


def test_a_summit_far_from_every_city_cannot_be_checked(loaded, claim_of):
    moved = loaded.layers["places"].copy()
    moved.loc[moved["id"] == "summit-2025-astana", "geometry"] = Point(95.0, 38.5)
    assert claim_of("c01", layers={**loaded.layers, "places": moved}).verdict == "not_checkable"


def test_an_event_at_another_time_is_another_event(loaded, claim_of):
    layers = with_feature(loaded, "places", "summit-2025-astana", date="2027-06-17", opened="2027-06-17")
    assert claim_of("c01", layers=layers).verdict == "not_checkable"


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"value": 312.4}, "confirmed"),
        ({"value": 311.5}, "confirmed"),
        ({"value": 312.7}, "consistent"),  # cut off
        ({"value": 313.0}, "contradicted"),
        ({"value": 311.0}, "contradicted"),
        ({"source": ("chinasquare-2025-06",)}, "consistent"),
        ({"source": ("chinasquare-tag-centraal-azie", "general-knowledge")}, "consistent"),
        ({"confidence": "low"}, "consistent"),
        ({"value": 400.0, "source": ("general-knowledge",)}, "not_checkable"),
        ({"value": 400.0, "source": ("chinasquare-2025-06",)}, "not_checkable"),
        ({"value": 320.0, "bound": "about"}, "consistent"),
        ({"value": 400.0, "bound": "about"}, "contradicted"),
        ({"value": 300.0, "bound": "more_than"}, "consistent"),
        ({"value": 350.0, "bound": "more_than"}, "contradicted"),
        ({"period": "2012"}, "not_checkable"),
    ],
)
def test_a_figure_decides(cells, verdict, loaded, claim_of):
    facts = with_cells(loaded.facts, "trade", "central-asia-trade-total-billion-cny-2013", **cells)
    claim = claim_of("c09", facts)
    assert claim.verdict == verdict
    if verdict == "contradicted":
        assert claim.disagreeing
    if verdict == "not_checkable":
        assert claim.method or claim.note


def test_a_second_source_that_agrees_leaves_it_open(loaded, claim_of):
    row = loaded.facts.by_id("trade")["central-asia-trade-total-billion-cny-2013"]
    first = {**row, "id": "first", "value": 320.0, "source": ("edb-2025-08-08",)}
    facts = Facts({**loaded.facts.tables, "trade": [first, *loaded.facts.rows("trade")]})
    claim = claim_of("c09", facts)
    assert claim.verdict == "consistent"
    assert 312.04 in {other.value for other in claim.disagreeing}


def test_another_total_contradicts_all_that_rests_on_it(loaded, claim_of):
    facts = with_cells(loaded.facts, "trade", "central-asia-trade-total-billion-cny-2024", value=700.0)
    assert [claim_of(one, facts).verdict for one in ("c10", "c11", "c12")] == ["contradicted"] * 3
    assert "would hold" in claim_of("c11", facts).note  # with 312 and 674, which the text prints
    facts = without(loaded.facts, "trade", "central-asia-trade-total-billion-cny-2024")
    assert [claim_of(one, facts).verdict for one in ("c10", "c11", "c12", "c13")] == ["not_checkable"] * 4


@pytest.mark.parametrize(
    ("value", "verdict"),
    [(143.65, "consistent"), (143.2, "confirmed"), (144.1, "contradicted"), (140.0, "contradicted")],
)
def test_road_trade_decides_what_is_stated_of_it(value, verdict, loaded, claim_of):
    facts = with_cells(loaded.facts, "trade", "central-asia-road-trade-2025-01-2025-05", value=value)
    assert claim_of("c24", facts).verdict == verdict
    assert claim_of("c26", facts).verdict == ("consistent" if value > 286.42 / 2 else "contradicted")


@pytest.mark.parametrize(
    ("growth", "verdict", "recomputed"),
    [(1090.0, "consistent", 10.9), (990.0, "consistent", 10.9), (900.0, "contradicted", 9)],
)
def test_so_many_times_may_be_growth_or_factor(growth, verdict, recomputed, loaded, claim_of):
    facts = with_cells(loaded.facts, "trade", "kgz-growth-honey-2025-01-2025-05", value=growth)
    claim = claim_of("c21", facts)
    assert (claim.verdict, claim.recomputed) == (verdict, recomputed)
    assert ("Ambiguous" in claim.note) == (verdict == "consistent")


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"status": "suspended"}, "contradicted"),
        ({"opened": "2025-07-03", "since": "2025-07-03"}, "contradicted"),
        ({"source": "chinasquare-2025-06"}, "consistent"),
        ({"confidence": "low"}, "consistent"),
        ({"airline": "Another"}, "confirmed"),
    ],
)
def test_seven_cities_are_seven_flights_that_fly(cells, verdict, loaded, claim_of):
    assert claim_of("c35", layers=with_feature(loaded, "flights", "zlxy-uzss", **cells)).verdict == verdict


def test_an_eighth_city_is_one_too_many(loaded, claim_of):
    cells = {"status": "operational", "opened": "2025-06", "since": "2025-06"}
    claim = claim_of("c35", layers=with_feature(loaded, "flights", "zlxy-uaii", **cells))
    assert (claim.verdict, claim.recomputed) == ("contradicted", 8)


@pytest.mark.parametrize(
    ("claim", "layer", "feature", "cells"),
    [
        ("c02", "places", "summit-2023-xian", {"date": "2022-05-18", "opened": "2022-05-18"}),
        ("c04", "places", "speech-2013-astana", {"date": "2014-09-07", "opened": "2014-09-07"}),
        ("c08", "rail", "cku-kashgar-makmal", {"status": "operational"}),
        ("c30", "places", "luban-dushanbe", {"country": "UZB"}),
        ("c30", "places", "luban-dushanbe", {"date": "2024-01", "opened": "2024-01"}),
        ("c32", "tourism", "train-xian-almaty", {"opened": "2025-09-01"}),
        ("c36", "tourism", "train-xian-almaty", {"opened": "2023-01-01"}),
    ],
)
def test_a_feature_that_says_otherwise_contradicts(claim, layer, feature, cells, loaded, claim_of):
    layers = with_feature(loaded, layer, feature, **cells)
    assert claim_of(claim, layers=layers).verdict == "contradicted"


def test_visa_exemptions_are_facts_that_are_not_drawn(loaded, claim_of):
    assert "1 June 2025" in claim_of("c33").recomputed_text
    for cells in ({"opened": "2025-12-01"}, {"country": ("CHN",)}):
        assert claim_of("c33", with_cells(loaded.facts, "tourism", "visa-uzb", **cells)).verdict == "contradicted"
    assert claim_of("c33", without(loaded.facts, "tourism", "visa-uzb")).verdict == "consistent"


def test_openings_of_every_kind_confirm_and_of_none_say_nothing(loaded, claim_of, claim_with):
    pipelines = with_feature(loaded, "pipelines", "gas-abc", opened="2014-05")
    assert claim_of("c05", layers=pipelines).verdict == "confirmed"
    assert claim_with("c05", period="1850/1860").verdict == "not_checkable"


def test_a_report_read_for_one_claim_confirms_where_it_is_trusted(claim_with):
    assert claim_with("c29").verdict == "consistent"
    assert claim_with("c29", confidence="high").verdict == "confirmed"
    assert claim_with("c29", value="2015").verdict == "contradicted"
    assert claim_with("c29", check="reported 2015 chinasquare-2025-06").verdict == "not_checkable"


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [("532.5", "confirmed"), ("454", "confirmed"), ("500", "consistent"), ("900", "contradicted")],
)
def test_a_length_is_held_against_all_that_is_published(stated, verdict, claim_with):
    claim = claim_with(value=stated, unit="km", check="length rail/cku-kashgar-makmal")
    assert claim.verdict == verdict
    assert "532.53 km" in claim.method


def test_several_checks_make_one_verdict(claim_with):
    good, bad = "count countries id group=central_asia is 5", "count countries id group=central_asia is 6"
    silent, bound = "none figures", "count countries id group=central_asia above 3"
    assert claim_with(check=(good, good)).verdict == "confirmed"
    assert claim_with(check=(good, bad)).verdict == "contradicted"
    assert claim_with(check=(silent, bad)).verdict == "contradicted"
    assert claim_with(check=(good, silent)).verdict == "consistent"
    assert claim_with(check=(good, bound)).verdict == "consistent"
    assert claim_with(check=(silent, silent)).verdict == "not_checkable"


# --- how numbers and dates fit ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stated", "found", "options", "fit"),
    [
        ("116", 116.05, {}, "equal"),
        ("7.3", 7.254, {}, "equal"),
        ("7.3", 7.25, {}, "equal"),  # a half may be rounded either way
        ("7.2", 7.25, {}, "equal"),
        ("7.30", 7.254, {}, "contrary"),
        ("143", 143.65, {}, "compatible"),
        ("144", 143.65, {}, "equal"),
        ("145", 143.65, {}, "contrary"),
        ("50", 50.15, {"above": True}, "compatible"),
        ("50", 50.0, {"above": True}, "contrary"),
        ("50", 49.93, {"above": True}, "contrary"),
        ("30", 30.0, {"above": True, "bound": "more_than"}, "equal"),
        ("30", 50.0, {"above": True, "bound": "more_than"}, "compatible"),
        ("30", 15.0, {"above": True, "bound": "more_than"}, "silent"),
        ("30", 15.0, {"bound": "more_than"}, "compatible"),
        ("30", 31.0, {"bound": "more_than"}, "contrary"),
        ("100", 104.0, {"bound": "about"}, "compatible"),
        ("100", 110.0, {"bound": "about"}, "contrary"),
    ],
)
def test_numbers_fit_at_the_precision_stated(stated, found, options, fit):
    assert fit_number(stated, found, **options)[0] == fit


@pytest.mark.parametrize(
    ("stated", "found", "fit"),
    [
        ("2013", "2013-09-07", "equal"),
        ("2023", "2023-05-18/2023-05-19", "equal"),
        ("2023-05-18/2023-05-19", "2023-05-18/2023-05-19", "equal"),
        ("2022-11-05", "2022-11", "compatible"),
        ("2022-11", "2022-12", "contrary"),
        ("2012", "2013-09-07", "contrary"),
    ],
)
def test_dates_fit_at_the_precision_stated(stated, found, fit):
    assert fit_date(stated, found)[0] == fit


def test_a_period_spans_its_days():
    assert span("2025") == ("2025-01-01", "2025-12-31")
    assert span("2025-06") == ("2025-06-01", "2025-06-31")
    assert span("2025-01/2025-05") == ("2025-01-01", "2025-05-31")
    assert span("2025-06-16/2025-06-18") == ("2025-06-16", "2025-06-18")


# --- the language of checks -------------------------------------------------------------------------------------------


def test_every_verb_has_who_does_it():
    assert set(METHODS) == set(FORMS)
    assert all(callable(method) for method in METHODS.values())


def test_a_check_is_read_into_its_parts():
    check = parse_check("count flights origin_city origin=ZLXY|ZWWW status=operational is 5 countries")
    assert (check.verb, check.words) == ("count", ("flights", "origin_city"))
    assert check.where == (("origin", ("ZLXY", "ZWWW")), ("status", ("operational",)))
    assert (check.stated, check.unit, check.above) == ("5", "countries", False)
    assert parse_check("share trade X part whole 2025 percent above").above


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("", "begin it with one of"),
        ("guess trade", "'guess' is no check"),
        ("valeu trade X trade_total 2013 percent", "did you mean value?"),
        ("value trade X trade_total 2013", "4 words"),
        ("value trade X trade_total 2013 percent more", "words"),
        ("value weather X trade_total 2013 percent", "trade, throughput"),
        ("value trade X Trade-Total 2013 percent", "is no INDICATOR"),
        ("growth trade X trade_total 2013-05 2024 percent", "is no FROM"),
        ("date summit", "is no FEATURE"),
        ("row rail/x", "write row FEATURE"),
        ("row rail/x status", "is no COLUMN=VALUE"),
        ("none because", "qualitative"),
        ("venue summit is", "is VALUE UNIT"),
        ("venue summit is a b c", "is VALUE UNIT"),
        ("length rail/x above 1 km more", "is VALUE UNIT"),
    ],
)
def test_an_unreadable_check_is_refused_with_the_way_to_write_it(text, named):
    with pytest.raises(UnreadableCheckError) as refused:
        parse_check(text)
    assert named in f"{refused.value.message} {refused.value.remedy}"


@pytest.mark.parametrize(
    ("cells", "named"),
    [
        ({"check": "guess trade"}, ("claims.csv", "claim c09", "check", "'guess' is no check", "Remedy: begin")),
        ({"check": "count canals id"}, ("claims.csv", "claim c09", "check", "'canals' is no layer", "countries")),
        ({"check": "count countries colour"}, ("claims.csv", "check", "'colour' is no column", "iso_a3")),
        ({"check": "row rail/cn-lanxin colour=red"}, ("claims.csv", "check", "'colour' is no column", "gauge_mm")),
        ({"value": "many"}, ("claims.csv", "claim c09", "value", "'many' is no number", "is VALUE UNIT")),
        ({"value": None}, ("claims.csv", "claim c09", "value", "is VALUE UNIT")),
        ({"value": None, "check": "date places/speech-2013-astana"}, ("claims.csv", "value", "no date is stated")),
        ({"value": None, "check": "reported 2014 khovar-2017-09"}, ("claims.csv", "value", "nothing is stated")),
    ],
)
def test_a_check_that_names_what_is_not_there_is_refused(cells, named, claim_with):
    with pytest.raises(InputError) as refused:
        claim_with(**cells)
    for text in named:
        assert text in str(refused.value)


@pytest.mark.parametrize(
    "check", ["venue summit", "date places/x", "row rail/x status=planned", "length rail/x", "after places/x places/y"]
)
def test_a_check_of_what_the_facts_lack_says_so(check, claim_with):
    claim = claim_with(check=check, value="2013", period="1901")
    assert claim.verdict == "not_checkable"
    assert check.split()[0] in claim.method


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("geodata")
def test_the_command_prints_a_table_and_exits_1_where_a_claim_is_contradicted(corridors):
    ran = corridors("claims")
    assert ran.code == 1
    head, _, *rows = ran.out.splitlines()
    assert head.split() == ["id", "claim", "stated", "recomputed", "verdict"]
    assert len(rows) == CLAIMS
    assert "Almaty" in rows[0]
    assert rows[0].endswith("Contradicted")
    assert "contradicted 2" in ran.err
    assert corridors("claims", "-q").err == ""


def test_the_command_exits_0_where_no_claim_is_contradicted(corridors, facts):
    where = {"lon": "76.9115", "lat": "43.25249"}
    facts.change("places", where, row=facts.find("places", id="summit-2025-astana"))
    facts.change("claims", {"check": "none figures"}, row=facts.find("claims", id="c38"))
    ran = corridors("claims", "--format", "json")
    assert ran.code == 0
    assert json.loads(ran.out)["claims"][0]["verdict"] == "confirmed"


@pytest.mark.usefixtures("geodata")
def test_json_has_its_stable_names(corridors):
    told = json.loads(corridors("claims", "--format", "json").out)
    assert list(told) == ["claims"]
    for claim in told["claims"]:
        assert list(claim)[: len(NAMES)] == NAMES
        assert claim["verdict"] in VERDICTS
    growth = next(claim for claim in told["claims"] if claim["id"] == "c11")
    assert (growth["stated"], growth["recomputed"], growth["unit"]) == (116, 116.05, "percent")


@pytest.mark.usefixtures("geodata")
def test_other_forms_and_languages(corridors):
    assert corridors("claims", "--format", "csv").out.splitlines()[0] == ",".join(NAMES)
    assert corridors("claims", "--format", "md").out.startswith("| id | claim |")
    dutch = corridors("claims", "--lang", "nl")
    assert messages("nl")["verdict.contradicted"] in dutch.out
    assert "7,254 % per jaar" in dutch.out


@pytest.mark.parametrize("command", ["claims", "build"])
def test_an_unknown_check_is_bad_input_that_names_file_row_column_and_remedy(command, corridors, facts, one_message):
    facts.change("claims", {"check": "guess trade"}, row=2)
    one_message(corridors(command), 3, "claims.csv", "row 3", "check", "'guess' is no check", "begin it with one of")


def test_validate_finds_checks_that_cannot_be_read(corridors, facts):
    facts.change("claims", {"check": "guess trade"}, row=2)
    facts.change("claims", {"check": "reported 2014 nobody"}, row=3)
    facts.change("claims", {"check": ""}, row=4)
    ran = corridors("validate")
    assert ran.code == 1
    assert [line[:3] for line in ran.out.splitlines()] == ["F03", "F11", "F07"]


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def in_languages(loaded, ways):
    """The committed claims, checked in each language."""
    context = ClaimContext(loaded.facts, loaded.layers, loaded.measures, ways, "en", printed_in(loaded.facts))
    return check_claims_in(LANGUAGES, context)


@pytest.fixture
def page(loaded, in_languages):
    """The page of some claims, on a map that has one feature."""
    content = {
        "map": {"id": "tourism"},
        "classes": {"places.summit": {"on": True}},
        "features": [{"id": "places/summit-2025-astana", "class": "places.summit", "name": {"en": "Summit"}}],
    }

    def write(change=None, contents=(content,)):
        told = {code: [change(claim) if change else claim for claim in claims] for code, claims in in_languages.items()}
        return claims_html(told, loaded.facts.by_id("sources"), contents, language="nl")

    return write


def test_a_hostile_quotation_is_text(page):
    hostile = "</script><script>alert(1)</script>{{ 7*7 }}<img src=x onerror=alert(2)>"
    text = page(lambda claim: replace(claim, quote=hostile, label=hostile, method=hostile, remark=hostile))
    assert "<img" not in text
    assert text.count("<script") == 1
    assert "{{ 7*7 }}" in text
    assert "&lt;img src=x onerror=alert(2)&gt;" in text


def test_a_source_is_a_link_only_to_the_web(page, loaded, in_languages):
    rows = {**loaded.facts.by_id("sources")}
    assert f'href="{rows["globenewswire-2025-06-19"]["url"]}"' in page()
    rows["globenewswire-2025-06-19"] = {**rows["globenewswire-2025-06-19"], "url": "javascript:alert(1)"}
    assert "javascript:" not in claims_html(in_languages, rows, [], language="en")


@pytest.mark.slow
def test_quotations_keep_their_language_and_places_lead_to_the_map(page, checked):
    text = page()
    for language in ("nl", "en"):
        own = sum(claim.quote_language == language for claim in checked.values())
        assert text.count(f'<blockquote lang="{language}">') == own > 0
    assert 'href="tourism.html#select=places/summit-2025-astana"' in text
    assert ".html#select=" not in page(contents=())
    assert page() == page()


def test_the_tally_counts_every_verdict(checked):
    counted = tally(list(checked.values()))
    assert list(counted) == list(VERDICTS)
    assert sum(counted.values()) == len(checked)
