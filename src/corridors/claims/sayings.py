"""A map's statement in words: its sentences with their numbers and caveats."""

import json
from collections.abc import Iterator, Mapping

from corridors.data.declared_values import no_such, use_one_of
from corridors.data.maps import MapEntry
from corridors.data.periods import is_later
from corridors.data.sentences import PLACE, Number, Sentence
from corridors.locales import Message, message, number
from corridors.locales.wording import day, say
from corridors.measures.measure import Measure, Measures


def statement(entry: MapEntry, measures: Measures, as_of: str) -> dict[str, str]:
    """A map's statement in every language.

    The numbers are measures, written as each language writes them. The caveats of a number follow its sentence. A
    remark also follows if a period ends after the day that the map shows.

    Parameters
    ----------
    entry
        The map.
    measures
        The numbers of the atlas.
    as_of
        The day that the map shows (ISO 8601).

    Raises
    ------
    InputError
        If it quotes a measure that does not exist.
    """
    return {language: "".join(text for text, _ in said(entry, measures, as_of, language)) for language in entry.title}


def said(entry: MapEntry, measures: Measures, as_of: str, language: str) -> Iterator[tuple[str, Measure | None]]:
    """A map's statement piece by piece, each number with its measure. Parameters and errors: see :func:`statement`."""
    for nth, sentence in enumerate(entry.sentences):
        if nth:
            yield _gap(language), None
        yield from said_once(entry, sentence, measures, as_of, language)


def said_once(
    entry: MapEntry, sentence: Sentence, measures: Measures, as_of: str, language: str
) -> Iterator[tuple[str, Measure | None]]:
    """One sentence of a map piece by piece, as :func:`said`."""
    quoted = quoted_measures(entry, sentence, measures)
    for place, text in enumerate(PLACE.split(sentence.words[language])):
        yield (_number(entry, text, quoted[text], language), quoted[text]) if place % 2 else (text, None)
    names = PLACE.findall(sentence.words[language])
    qualified = (text for name in names for text in caveats(quoted[name], language, as_of))
    yield from ((_gap(language) + text, None) for text in dict.fromkeys(qualified))


def _gap(language: str) -> str:
    """What stands between two sentences."""
    return "" if language == "zh" else " "


def quoted_measures(entry: MapEntry, sentence: Sentence, measures: Measures) -> dict[str, Measure]:
    """The measures that a sentence quotes, by the name of their placeholder.

    Raises
    ------
    InputError
        If a measure does not exist.
    """
    found = {}
    for name in sorted(sentence.quoted):
        wanted = entry.numbers[name]
        measure = measures.find(wanted.name, **wanted.by)
        if measure is None:
            raise entry.fault(("numbers", name), *_no_measure(wanted, measures))
        found[name] = measure
    return found


def _no_measure(wanted: Number, measures: Measures) -> tuple[Message, Message]:
    """The fault of a measure that does not exist: either its name or its key is unknown."""
    of = [measure for measure in measures if measure.name == wanted.name]
    if not of:
        return no_such(wanted.name), use_one_of(wanted.name, {one.name for one in measures})
    wanted_of = _of(wanted.by)
    return message("finding.measure.of", wanted.name, wanted_of), use_one_of(wanted_of, {_of(one.by) for one in of})


def _of(by: Mapping[str, str]) -> str:
    """The key of a measure, as the declaration writes it."""
    return f"{{ {', '.join(f'{key} = {json.dumps(value, ensure_ascii=False)}' for key, value in by.items())} }}"


def _number(entry: MapEntry, name: str, measure: Measure, language: str) -> str:
    """A number of a statement, written as the declaration says for a language."""
    value, digits = entry.numbers[name].written(measure.value, language)
    return number(value, digits, language)


def caveats(measure: Measure, language: str, as_of: str) -> Iterator[str]:
    """The caveats of a measure, each as a short sentence with its period."""
    period = measure.by.get("period", "")
    when = day(period, language) if period else ""
    for caveat in measure.caveats:
        said = caveat.get(language) or caveat["en"]
        yield say(language, "caveat.of", when, said) if when else say(language, "sentence", said)
    if period and is_later(period, as_of):
        yield say(language, "caveat.later")
