"""Each rule of the audit finds a fault in a broken copy of the facts, and none in the facts themselves."""

from dataclasses import replace
from types import MappingProxyType

import pytest
import shapely

from corridors.app import audit as room
from corridors.app.audit import audit
from corridors.layers.countries import read_outlines
from corridors.layers.winding import estimate_lengths


@pytest.fixture(scope="module")
def outlines(repo):
    return read_outlines(repo / "geodata" / "basemap")


@pytest.fixture(scope="module")
def estimates(loaded):
    """The lengths of the lines of the atlas."""
    return estimate_lengths(loaded.facts)


@pytest.fixture
def found(loaded, outlines, estimates, monkeypatch):
    """Audit the atlas with some of its facts and layers replaced. Lengths are estimated anew if facts are replaced."""
    ready = {id(loaded.facts): estimates}
    monkeypatch.setattr(room, "estimate_lengths", lambda facts: ready.get(id(facts)) or estimate_lengths(facts))

    def run(*, facts=None, layers=None, assumptions=None):
        layers = {**loaded.layers, **(layers or {})}
        assumptions = assumptions or loaded.assumptions
        return audit(facts or loaded.facts, layers, outlines, assumptions, as_of=loaded.catalog.as_of)

    return run


def with_rows(facts, table, change):
    """A copy of the facts in which a function changed the rows of one table. It may drop rows (None)."""
    rows = [changed for row in facts.rows(table) if (changed := change(dict(row))) is not None]
    return replace(facts, tables=MappingProxyType({**facts.tables, table: rows}))


def with_cell(frame, name, column, value):
    """A copy of a layer in which one feature has another value."""
    copy = frame.copy()
    copy.loc[copy["id"] == name, column] = value
    return copy


def only(findings, rule):
    """The findings, all of which are of one rule."""
    assert {finding.rule for finding in findings} == {rule}, [str(finding) for finding in findings]
    return findings


def test_the_facts_have_no_fault(found):
    assert [str(finding) for finding in found()] == []


def test_the_room_tells_of_every_rule_that_is_tried_here():
    rules = [f"A{nth:02}" for nth in range(1, 13)]
    assert [rule for rule in rules if rule in room.__doc__] == [
        "A01", "A02", "A03", "A04", "A05", "A06", "A11",
    ]  # fmt: skip


# --- A01: lengths -----------------------------------------------------------------------------------------------------


def stated(km, note=None):
    """Change the published length of Jinghe–Horgos, which is 273.4 km long as drawn."""
    return lambda row: row | {"length_km": km, "ratio_note": note} if row["id"] == "cn-jingyihuo-01" else row


@pytest.mark.parametrize(("km", "ratio"), [(346.1, "0.790"), (260.1, "1.051"), (91.2, "2.998")])
def test_a01_a_length_that_does_not_fit_its_drawing(found, loaded, km, ratio):
    [finding] = only(found(facts=with_rows(loaded.facts, "lengths", stated(km))), "A01")
    assert (finding.file, str(finding.where), finding.column) == ("lengths.csv", "row of cn-jingyihuo-01", "length_km")
    assert ratio in str(finding.message)
    assert f"{km:g} km" in str(finding.message)
    assert "ratio_note" in str(finding.remedy)


@pytest.mark.parametrize("km", [341.7, 260.4, 291.3])
def test_a01_is_silent_at_its_limits(found, loaded, km):
    assert {one.rule for one in found(facts=with_rows(loaded.facts, "lengths", stated(km)))} <= {"A21"}


def test_a01_an_explanation_satisfies_it_and_its_absence_does_not(found, loaded):
    assert found(facts=with_rows(loaded.facts, "lengths", stated(346.1, "It winds."))) == []

    def unexplained(row):
        return row | {"ratio_note": None}

    rows = {str(one.where) for one in found(facts=with_rows(loaded.facts, "lengths", unexplained)) if one.rule == "A01"}
    assert {"row of tj-vahdat-yovon-01", "row of kz-darbaza-maktaaral-01", "row of road-kulma-dushanbe-kulma"} <= rows


def test_a11_a_length_that_its_parts_contradict(found, loaded):
    """The parts of the railway Uzen–Gorgan are published with 846 and 82 km."""

    def longer(row):
        return row | {"length_km": 990.0} if row["id"] == "kti-01" else row

    [finding] = only(found(facts=with_rows(loaded.facts, "lengths", longer)), "A11")
    assert (finding.file, str(finding.where), finding.column) == ("lengths.csv", "row of kti-01", "length_km")
    assert "published 990 km, but its parts come to 928.0 km" in str(finding.message)


# --- A20, A21: tracks -------------------------------------------------------------------------------------------------


def test_a20_a_stop_that_was_moved_gives_its_legs_back_to_straight_lines(found, loaded):
    def moved(row):
        return row | {"lat": row["lat"] + 0.05} if row["id"] == "cn-turpan" else row

    faults = only(found(facts=with_rows(loaded.facts, "stations", moved)), "A20")
    assert faults
    assert all("cn-turpan" in str(fault.message) for fault in faults)
    assert all("corridors refine" in str(fault.remedy) for fault in faults)


def test_a21_tracks_of_another_length_are_told_without_a_note(found, loaded):
    def unexplained(row):
        return row | {"ratio_note": None} if row["id"] == "cn-baocheng-01" else row

    [fault] = only(found(facts=with_rows(loaded.facts, "lengths", unexplained)), "A21")
    assert "669" in str(fault.message)


# --- A02: status ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("status", "opened", "fires"),
    [
        ("operational", "2025-06-18", True),
        ("operational", "2025-07", True),
        ("operational", "2026", True),
        ("operational", "2025-06-17", False),
        ("operational", "2025-06", False),  # perhaps before the 17th
        ("operational", "2025", False),
        ("under_construction", "2025-06-16", True),
        ("planned", "2024", True),
        ("planned", "2025-09-30", False),
        ("under_construction", "2025", False),
        ("suspended", "2019", False),
    ],
)
def test_a02_a_status_that_does_not_fit_the_opening(found, loaded, status, opened, fires):
    rail = with_cell(
        with_cell(loaded.layers["rail"], "cn-jingyihuo", "status", status), "cn-jingyihuo", "opened", opened
    )
    findings = found(layers={"rail": rail})
    assert bool(findings) == fires
    if fires:
        [finding] = only(findings, "A02")
        assert (finding.file, str(finding.where)) == ("rail_lines.csv", "row of cn-jingyihuo")
        assert finding.column == "status"
        assert opened in str(finding.message)


def test_a02_looks_at_every_layer(found, loaded):
    ports = with_cell(loaded.layers["ports"], "kz-dostyk", "opened", "2030")
    [finding] = only(found(layers={"ports": ports}), "A02")
    assert finding.file == "ports.csv"


# --- A03 and A04: sources ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("source", [("general-knowledge",), ("uncited-file",), ("general-knowledge", "uncited-file")])
@pytest.mark.parametrize("confidence", ["high", "medium"])
def test_a03_what_nothing_citable_supports_is_of_low_confidence(found, loaded, source, confidence):
    def uncited(row):
        return row | {"source": source, "confidence": confidence} if row["id"] == "kz-almaty" else row

    facts = with_rows(loaded.facts, "cities", uncited)
    [finding] = [one for one in found(facts=facts) if one.rule == "A03"]
    assert (finding.file, str(finding.where), finding.column) == ("cities.csv", "row of kz-almaty", "confidence")
    assert confidence in str(finding.message)


def test_a03_one_citable_source_is_enough_and_so_is_low_confidence(found, loaded):
    def supported(row):
        return (
            row | {"source": ("general-knowledge", "geonames"), "confidence": "high"}
            if row["id"] == "kz-almaty"
            else row
        )

    def low(row):
        return row | {"source": ("general-knowledge",), "confidence": "low"} if row["id"] == "kz-almaty" else row

    assert found(facts=with_rows(loaded.facts, "cities", supported)) == []
    assert found(facts=with_rows(loaded.facts, "cities", low)) == []


def test_a04_a_source_that_no_row_names(found, loaded):
    extra = dict(loaded.facts.rows("sources")[0]) | {"id": "nobody-2025"}
    tables = {**loaded.facts.tables, "sources": [*loaded.facts.rows("sources"), extra]}
    [finding] = only(found(facts=replace(loaded.facts, tables=tables)), "A04")
    assert (finding.file, str(finding.where)) == ("sources.csv", "row of nobody-2025")


def test_a04_a_source_of_which_the_last_row_is_gone(found, loaded):
    named = [row["source"] for table, rows in loaded.facts.tables.items() if table != "sources" for row in rows]
    counts = {}
    for cell in named:
        for source in cell:
            counts[source] = counts.get(source, 0) + 1
    claimed = {source for row in loaded.facts.rows("claims") for source in row["source"] if counts[source] == 1}
    findings = only(found(facts=with_rows(loaded.facts, "claims", lambda _: None)), "A04")
    assert {f"row of {source}" for source in claimed} <= {str(finding.where) for finding in findings}


def test_a04_a_source_that_an_assumption_alone_names_is_in_use(found, loaded):
    rows = {
        source
        for table, rows in loaded.facts.tables.items()
        if table != "sources"
        for row in rows
        for source in row["source"]
    }
    alone = {*loaded.assumptions.cited} - rows
    assert "cpmm-2020-rail" in alone
    findings = only(found(assumptions=replace(loaded.assumptions, sources={})), "A04")
    assert {str(finding.where) for finding in findings} == {f"row of {source}" for source in alone}


# --- A05: positions ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("layer", ["cities", "stations", "ports", "airports", "places"])
def test_a05_a_point_far_outside_its_country(found, loaded, layer):
    frame = loaded.layers[layer].copy()
    frame.loc[0, "geometry"] = shapely.Point(-30.0, 10.0)
    [finding] = only(found(layers={layer: frame}), "A05")
    assert (finding.file, str(finding.where)) == (f"{layer}.csv", f"row of {frame.loc[0, 'id']}")
    assert "-30° E, 10° N" in str(finding.message)


def test_a05_swapped_coordinates_are_found(found, loaded):
    cities = loaded.layers["cities"].copy()
    cities["geometry"] = cities.geometry.map(lambda place: shapely.Point(place.y, place.x) if place.x < 80 else place)
    only(found(layers={"cities": cities}), "A05")


@pytest.mark.parametrize(("lon", "fires"), [(82.6, False), (82.9, False), (83.0, True)])
def test_a05_begins_some_25_km_beyond_the_coarse_border(found, loaded, lon, fires):
    """East of Dostyk, inside China: 2, 23 and 31 km from Kazakhstan as the basemap draws it."""
    ports = loaded.layers["ports"].copy()
    at = ports.index[ports["id"] == "kz-dostyk"][0]
    ports.loc[at, "geometry"] = shapely.Point(lon, 45.2)
    assert [finding.rule for finding in found(layers={"ports": ports})] == ["A05"] * fires


# --- A06: stops -------------------------------------------------------------------------------------------------------


def renumbered(*, keep, shift=0):
    """Stops of one line; some of them are kept and renumbered."""

    def change(row):
        if row["line"] != "cn-jingyihuo":
            return row
        return row | {"seq": row["seq"] + shift * (row["seq"] > 2)} if keep(row["seq"]) else None

    return change


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(renumbered(keep=lambda seq: seq != 2), id="a gap"),
        pytest.param(renumbered(keep=lambda seq: seq == 1), id="one stop"),
        pytest.param(renumbered(keep=lambda _: False), id="no stops"),
        pytest.param(renumbered(keep=lambda _: True, shift=-1), id="a number twice"),
        pytest.param(renumbered(keep=lambda seq: seq > 1), id="not from one"),
    ],
)
def test_a06_stops_that_make_no_line(found, loaded, change):
    findings = [
        finding
        for finding in found(facts=with_rows(loaded.facts, "rail_stops", change))
        if finding.rule not in {"A01", "A04", "A20"}
    ]
    [finding] = only(findings, "A06")
    assert (finding.file, str(finding.where), finding.column) == ("rail_stops.csv", "line cn-jingyihuo", "seq")


def test_the_audit_changes_nothing(found, loaded):
    before = {name: frame.copy() for name, frame in loaded.layers.items()}
    found()
    for name, frame in loaded.layers.items():
        assert frame.equals(before[name])


def test_every_finding_is_one_line_with_a_remedy(found, loaded):
    for finding in found(facts=with_rows(loaded.facts, "lengths", lambda row: row | {"ratio_note": None})):
        assert "\n" not in str(finding)
        assert "Remedy: " in str(finding)
