"""A map's sentences to their sources: those of the title and of a story, and those of each number of the statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from corridors.claims.assertions import SAID_BY_US, Assessor
from corridors.claims.context import ClaimContext, Term
from corridors.claims.sayings import quoted_measures, said
from corridors.claims.verdicts import METHODS
from corridors.data.checks import SAYINGS, Check, parse_check
from corridors.data.maps import MapEntry
from corridors.data.sentences import Sentence
from corridors.measures.measure import Measures


@dataclass(frozen=True, slots=True)
class Quotation:
    """A number in a statement.

    Attributes
    ----------
    start, end
        Its position in the text.
    sources
        Ids of its sources in ``sources.csv``.
    """

    start: int
    end: int
    sources: tuple[str, ...]


def quotations(entry: MapEntry, measures: Measures, as_of: str, language: str) -> list[Quotation]:
    """The numbers of a map's statement in a language, in order. Parameters are those of ``sayings.statement``."""
    found, at = [], 0
    for text, measure in said(entry, measures, as_of, language):
        if measure is not None:
            found.append(Quotation(at, at + len(text), measure.sources))
        at += len(text)
    return found


def title_sources(entry: MapEntry, assessor: Assessor) -> tuple[str, ...]:
    """The sources of all checks of a map's title, each once, sorted."""
    return tuple(sorted(_check_sources(entry.headline, assessor.context)))


def sentence_sources(entry: MapEntry, sentence: Sentence, assessor: Assessor) -> tuple[str, ...]:
    """The sources of the numbers and of all checks of a sentence of a map, each once, sorted."""
    quoted = quoted_measures(entry, sentence, assessor.measures).values()
    checked = _check_sources(sentence, assessor.context)
    return tuple(sorted(checked.union(*(measure.sources for measure in quoted))))


def _check_sources(sentence: Sentence, context: ClaimContext) -> set[str]:
    """The sources of all checks of a sentence."""
    checks = (parse_check(text, SAYINGS) for text in sentence.checks)
    return {source for check in checks for source in _sources(check, context)}


def claims_of(sentence: Sentence) -> list[str]:
    """The ids of the claims that the checks of a sentence name."""
    checks = (parse_check(text, SAYINGS) for text in sentence.checks)
    return [check.words[0] for check in checks if check.verb == "claim"]


def _sources(check: Check, context: ClaimContext) -> Sequence[str]:
    """The sources of the data that one check uses."""
    if check.verb == "measure":
        found = context.measures.find(check.words[0], **{column: values[0] for column, values in check.where})
        return found.sources if found else ()
    if check.verb == "each":
        name, _, key = check.words
        return [
            source for one in context.measures if one.name == name and set(one.by) == {key} for source in one.sources
        ]
    if check.verb == "more":
        table, indicator, period, unit, *subjects = check.words
        figures = [context.figure(Term(table, subject, indicator, period, unit)) for subject in subjects]
        return [source for figure in figures if figure for source in figure.row["source"]]
    if check.verb == "claim":
        return tuple(context.facts.by_id("claims")[check.words[0]]["source"])
    return METHODS[check.verb](check, SAID_BY_US, context).sources if check.verb in METHODS else ()
