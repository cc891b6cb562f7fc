"""The notes of disputed borders: each says who holds and who claims an area, in every language."""

import pytest

from corridors.content.basemap import read_basemap
from corridors.content.dispute_notes import dispute_notes
from corridors.data.disputes import DISPUTES
from corridors.data.iso import ALPHA2, country_name
from corridors.locales import LANGUAGES


@pytest.fixture(scope="module")
def notes():
    return {one["id"]: one for one in dispute_notes([dispute.name for dispute in DISPUTES])}


def test_every_dispute_has_a_name_and_a_note_in_every_language(notes):
    assert set(notes) == {dispute.name for dispute in DISPUTES}
    for one in notes.values():
        for words in (one["name"], one["note"]):
            assert set(words) == set(LANGUAGES)
            assert all(text.strip() and "{" not in text for text in words.values())


def test_holders_and_claimants_are_named(notes):
    for dispute in DISPUTES:
        for claim in dispute.claims:
            states = {*claim.claimed, *({claim.held} & set(ALPHA2))}
            for language in LANGUAGES:
                note = notes[dispute.name]["note"][language]
                assert [code for code in sorted(states) if country_name(code, language) not in note] == []


@pytest.mark.parametrize(
    ("name", "note"),
    [
        ("crimea", "Administered by Russia, claimed by Ukraine."),
        ("kosovo", "Administers itself, claimed by Serbia."),
        ("siachen", "Claimed by India, Pakistan."),
        ("halaib", "Administered by Egypt, claimed by Sudan."),
    ],
)
def test_a_note_says_what_natural_earth_notes(notes, name, note):
    assert notes[name]["note"]["en"] == note


def test_areas_on_both_sides_of_a_border_are_named(notes):
    first, second = notes["line_of_control"]["note"]["en"].split(" Northern Areas. ")
    assert first == "Jammu and Kashmir. Administered by India, claimed by Pakistan."
    assert second == "Administered by Pakistan, claimed by India."


def test_each_disputed_line_of_the_basemap_has_one_note(repo):
    for basemap in (read_basemap(repo / "geodata/basemap"), read_basemap(repo / "geodata/basemap").fine):
        rows = sorted(row for one in dispute_notes(basemap.disputes) for row in one["rows"])
        assert rows == [*range(len(basemap.disputed))]
