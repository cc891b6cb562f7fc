"""Facts of cards that are put together from names and numbers, in every language."""

from collections.abc import Container, Mapping, Sequence

from corridors.content.context import Context
from corridors.content.page_types import Entry
from corridors.data.folding import short_name
from corridors.locales import LANGUAGES, filled, messages, number, unit


def sections_by_language(text: str, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Sections of a line by language. They are given by the English names of their ends (see length_columns)."""
    parts = [[names.get(end, {"en": end}) for end in _ends(part, names)] for part in text.split("; ")]
    return {
        language: "; ".join("–".join(end.get(language) or short_name(end["en"]) for end in ends) for ends in parts)
        for language in LANGUAGES
    }


def _ends(section: str, known: Container[str]) -> Sequence[str]:
    """The two ends of a section. A name may have a dash too, so both ends must be known names."""
    words = section.split("–")
    ways = [("–".join(words[:at]), "–".join(words[at:])) for at in range(1, len(words))]
    return next((way for way in ways if all(end in known for end in way)), [section])


def gauge_change(between: str, gauges: Sequence[int]) -> Entry:
    """The gauges that meet at a place, with their unit in words."""

    def told(language: str) -> str:
        return between.join([*map(str, gauges[:-1]), f"{gauges[-1]} {unit('mm', gauges[-1], 0, language)}"])

    return {"label": "fact.gauge_change", "name": {language: told(language) for language in LANGUAGES}}


def flight_assumption(context: Context) -> dict[str, str]:
    """The speed and the hours of each leg that flights are assumed to have, in words by language."""
    assumed: Mapping[str, float] = context.assumptions.values
    speed, hours = assumed["speeds_kmh.air"], assumed["fixed_hours.flight"]

    def told(language: str) -> str:
        amounts = (number(speed, 0, language), number(hours, len(f"{hours:g}".partition(".")[2]), language))
        return filled(messages(language)["assumption.flight"], *amounts)

    return {language: told(language) for language in LANGUAGES}
