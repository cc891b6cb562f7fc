"""Disputed borders of a basemap to their names and notes, for the cards of pages."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from corridors.data.disputes import DISPUTES, Claim
from corridors.data.iso import country_name
from corridors.locales import LANGUAGES, messages
from corridors.locales.wording import listed, say, sentences


class DisputeNote(TypedDict):
    """A disputed border: its name, who holds and claims the areas beside it, and its rows among the disputed lines."""

    id: str
    name: Mapping[str, str]
    note: Mapping[str, str]
    rows: list[int]


def dispute_notes(names: Sequence[str]) -> list[DisputeNote]:
    """The disputes of some lines, in alphabetical order.

    Parameters
    ----------
    names
        The name of the dispute of each line, as in ``borders.geojson``.
    """
    claims = {dispute.name: dispute.claims for dispute in DISPUTES}
    return [
        {
            "id": name,
            "name": {language: messages(language)[f"dispute.{name}"] for language in LANGUAGES},
            "note": {language: _note(name, claims[name], language) for language in LANGUAGES},
            "rows": [row for row, other in enumerate(names) if other == name],
        }
        for name in sorted(set(names))
    ]


def _note(name: str, claims: Sequence[Claim], language: str) -> str:
    """What is noted about the areas beside a border. An area that has the name of the border is not named again."""
    if not claims:
        return messages(language)["dispute.unclaimed"]
    return sentences((_sentence(name, claim, language) for claim in claims), language)


def _sentence(name: str, claim: Claim, language: str) -> str:
    """What is noted about one area, as a sentence."""
    words = messages(language)
    claimants = listed([country_name(code, language) for code in claim.claimed], language)
    if claim.held is None:
        said = say(language, "dispute.claimed", claimants)
    elif claim.held != claim.area:
        said = say(language, "dispute.held", country_name(claim.held, language), claimants)
    elif claimants:
        said = say(language, "dispute.self", claimants)
    else:
        said = words["dispute.partly"]
    return said if claim.area == name else say(language, "dispute.of", words[f"dispute.{claim.area}"], said)
