"""The atlas's own statements, checked against its facts: each title and sentence of a map has checks.

A check is written as the module ``data.checks`` says, and answered like the check of a claim. A check also holds if the
facts only allow the statement, such as a lower bound.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from corridors.claims.context import ClaimContext, Term, stated_by, values_in
from corridors.claims.evidence import Fit, fit_number
from corridors.claims.said import catalogue_sentences
from corridors.claims.sayings import quoted_measures
from corridors.claims.verdicts import METHODS, Claim, check_claim, printed_in
from corridors.claims.wayfinder import Wayfinder
from corridors.data.checks import SAYINGS, Check, UnreadableCheckError, parse_check
from corridors.data.findings import Finding
from corridors.data.maps import MapEntry
from corridors.data.sentences import PLACE, Sentence
from corridors.data.tables import Row
from corridors.errors import InputError
from corridors.locales import DEFAULT_LANGUAGE, Message, message
from corridors.locales.wording import amount
from corridors.measures.measure import Measure, Measures

FILE, CATALOGUES = "atlas.toml", "locales"
DIGITS = re.compile(r"(?<![A-Za-z\d])\d+")
YEAR = re.compile(r"\b(19|20)\d\d\b")
HOLDS: tuple[Fit, ...] = ("equal", "compatible")


@dataclass(frozen=True, slots=True)
class Outcome:
    """Whether a check holds, what the facts give, and whether the facts have no answer (``silent``)."""

    holds: bool
    found: str
    silent: bool = False


@dataclass
class Assessor:
    """Answers checks from the facts of an atlas; ``ways`` is its network."""

    measures: Measures
    ways: Wayfinder
    _outcomes: dict[str, Outcome] = field(default_factory=dict)
    _claims: dict[str, Claim | None] = field(default_factory=dict)

    @cached_property
    def context(self) -> ClaimContext:
        """The facts, as the checks of statements use them."""
        return ClaimContext(self.ways.facts, self.ways.layers, self.measures, self.ways, DEFAULT_LANGUAGE, {})

    @cached_property
    def context_of_claims(self) -> ClaimContext:
        """The same for the checks of claims: with the figures that the quoted texts print."""
        return replace(self.context, printed=printed_in(self.ways.facts))

    def assess(self, text: str) -> Outcome:
        """Answer one check.

        Raises
        ------
        UnreadableCheckError
            If the check is not written as the module ``data.checks`` says.
        InputError
            If it names a layer or column that does not exist.
        """
        if text not in self._outcomes:
            check = parse_check(text, SAYINGS)
            own = {"measure": self._measure, "each": self._each, "more": self._more, "claim": self._claim}
            if check.verb == "reading":
                self._outcomes[text] = Outcome(holds=True, found="")
            elif check.verb in own:
                self._outcomes[text] = own[check.verb](check)
            else:
                evidence = METHODS[check.verb](check, SAID_BY_US, self.context)
                self._outcomes[text] = Outcome(evidence.fit in HOLDS, evidence.found_text, evidence.fit == "silent")
        return self._outcomes[text]

    def holds(self, checks: Sequence[str]) -> bool:
        """Whether all of some checks hold."""
        return all(self.assess(text).holds for text in checks)

    def _measure(self, check: Check) -> Outcome:
        """A number of the atlas, checked against the stated one."""
        [name] = check.words
        by = {column: values[0] for column, values in check.where}
        return self._compared(check, [self.measures.find(name, **by)])

    def _each(self, check: Check) -> Outcome:
        """A number of every row that meets the conditions, checked against the stated one."""
        name, table, key = check.words
        context = self.context
        rows = context.records(table) if table in context.layers else context.facts.by_id(table)
        met = [
            row_id
            for row_id, row in rows.items()
            if all(set(values_in(row, column)) & set(wanted) for column, wanted in check.where)
        ]
        return self._compared(check, [self.measures.find(name, **{key: one}) for one in met])

    def _compared(self, check: Check, found: Sequence[Measure | None]) -> Outcome:
        """Whether there is at least one measure, none is missing, and all fit the stated number."""
        stated = stated_by(check, SAID_BY_US)
        text = ", ".join("–" if one is None else amount(one.value, one.unit, DEFAULT_LANGUAGE) for one in found)
        fits = [one is not None and fit_number(stated.text, one.value, above=stated.above)[0] in HOLDS for one in found]
        return Outcome(bool(fits) and all(fits), text or "–", all(one is None for one in found))

    def _more(self, check: Check) -> Outcome:
        """Whether the first subject has a larger figure than the second."""
        table, indicator, period, unit, *subjects = check.words
        found = [self.context.figure(Term(table, subject, indicator, period, unit)) for subject in subjects]
        text = ", ".join("–" if one is None else amount(one.value, unit, DEFAULT_LANGUAGE) for one in found)
        first, second = found
        return Outcome(first is not None and second is not None and first.value > second.value, text, None in found)

    def claim(self, name: str) -> Claim | None:
        """A claim of the facts with its verdict, or None."""
        if name not in self._claims:
            self._claims[name] = check_claim(name, self.context_of_claims)
        return self._claims[name]

    def _claim(self, check: Check) -> Outcome:
        """Whether the verdict on a claim of the facts is confirmed or consistent."""
        found = self.claim(check.words[0])
        if found is None:
            return Outcome(holds=False, found="–", silent=True)
        holds = found.verdict in {"confirmed", "consistent"}
        return Outcome(holds, found.verdict, found.verdict == "not_checkable")


SAID_BY_US: Row = {
    "id": FILE, "source": ("corridors",), "value": None, "unit": None, "period": None, "place": None,
    "confidence": "high",
}  # fmt: skip
"""The atlas as an author. None of the sources of its facts has the atlas as its author."""


def said_in_order(entry: MapEntry) -> Iterator[tuple[str, Sentence]]:
    """The title, the statement and the story of a map, sentence by sentence, each with its key in the declaration."""
    yield "title", entry.headline
    for nth, sentence in enumerate(entry.sentences, start=1):
        yield f"statement {nth}", sentence
    for at, step in enumerate(entry.steps, start=1):
        yield f"steps {at}.title", step.headline
        for nth, sentence in enumerate(step.sentences, start=1):
            yield f"steps {at}.text {nth}", sentence


def sayable(entry: MapEntry, sentence: Sentence, assessor: Assessor) -> bool:
    """Whether the facts of an assessor have the numbers of a sentence, and its checks hold."""
    try:
        quoted_measures(entry, sentence, assessor.measures)
        return assessor.holds(sentence.checks)
    except InputError:  # another year may lack a number, or a place of a check
        return False


def said_in(entry: MapEntry, assessor: Assessor, year: int, as_of: str) -> MapEntry:
    """A map with the title and the sentences that hold in another year, and without a story, which is of one day.

    Parameters
    ----------
    entry
        The map as declared.
    assessor
        Has the facts of that year.
    year
        The year.
    as_of
        The day (ISO 8601) whose state the facts describe. Sentences about figures are left out for later years.
    """
    later = year > int(as_of[:4])

    def said(sentence: Sentence) -> bool:
        return not (later and dated(entry, sentence)) and sayable(entry, sentence, assessor)

    title = {language: words.replace("{year}", str(year)) for language, words in entry.dated.items()}
    return replace(
        entry,
        headline=entry.headline if said(entry.headline) else Sentence(title),
        sentences=tuple(sentence for sentence in entry.sentences if said(sentence)),
        steps=(),
    )


def dated(entry: MapEntry, sentence: Sentence) -> bool:
    """Whether the checks of a sentence are for certain years, as those of figures and claims are."""
    return bool(YEAR.search(_basis(entry, sentence))) or any(text.startswith("claim ") for text in sentence.checks)


def _basis(entry: MapEntry, sentence: Sentence) -> str:
    """The checks of a sentence, and the keys of the measures that it quotes."""
    numbers = [entry.numbers[name] for name in sorted(sentence.quoted)]
    return " ".join([*sentence.checks, *(value for one in numbers for value in one.by.values())])


def unfounded(entry: MapEntry, assessor: Assessor) -> Iterator[Finding]:
    """The statements of a map that the facts do not support.

    | code | what it finds |
    | --- | --- |
    | A12 | a title or sentence without a check or measure, or with a number that no check and no measure has |
    | A13 | a title or sentence that the facts contradict or do not support |
    | A14 | a title or sentence whose numbers differ between languages |
    """
    for place, sentence in said_in_order(entry):
        where = f"[maps.{entry.name}.{place}]"
        yield from _faults(FILE, where, sentence, _basis(entry, sentence), assessor)
        try:
            quoted_measures(entry, sentence, assessor.measures)
        except InputError as error:
            what = message("finding.say.unreadable", sentence.words[DEFAULT_LANGUAGE], error.message)
            yield Finding("A13", FILE, where, "numbers", what, message("remedy.say.number"))


def unfounded_messages(assessor: Assessor) -> Iterator[Finding]:
    """The sentences of the report, the charts and the index that the facts do not support, as :func:`unfounded`.

    These sentences belong to the package, and the facts may be others. So a check is no fault if the facts have no
    answer.
    """
    for key, sentence, filled in catalogue_sentences():
        basis = " ".join(sentence.checks) or ("measures" if filled else "")
        yield from _faults(CATALOGUES, key, sentence, basis, assessor, all_there=False)


def _faults(
    file: str, where: str, sentence: Sentence, basis: str, assessor: Assessor, *, all_there: bool = True
) -> Iterator[Finding]:
    """The faults of a sentence with some checks or numbers."""
    yield from (Finding("A12", file, where, None, *text) for text in _unbound(sentence, basis))
    yield from (
        Finding("A13", file, where, "checks", *text) for text in _unborne(sentence, assessor, all_there=all_there)
    )
    if fault := _unlike(sentence):
        yield Finding("A14", file, where, None, fault, message("remedy.say.alike"))


def _unbound(sentence: Sentence, basis: str) -> Iterator[tuple[Message, Message]]:
    """The sentence if it has no checks and no numbers, and each number in it that neither a check nor a measure has."""
    if not basis:
        yield message("finding.say.unbound", sentence.words[DEFAULT_LANGUAGE]), message("remedy.say.bind", SAYINGS)
        return
    known = {int(digits) for digits in DIGITS.findall(basis)}
    for language, words in sentence.words.items():
        for digits in DIGITS.findall(PLACE.sub("", words)):
            if int(digits) not in known:
                yield message("finding.say.number", digits, language, words), message("remedy.say.number")


def _unborne(sentence: Sentence, assessor: Assessor, *, all_there: bool) -> Iterator[tuple[Message, Message]]:
    """The checks of a sentence that do not hold, or cannot be read."""
    for text in sentence.checks:
        try:
            outcome = assessor.assess(text)
        except UnreadableCheckError as error:
            yield error.message, error.remedy
            continue
        except InputError as error:
            yield message("finding.say.unreadable", repr(text), error.message), message("remedy.say.bind", SAYINGS)
            continue
        if not outcome.holds and (all_there or not outcome.silent):
            what = message(
                "finding.say.contradicted", sentence.words[DEFAULT_LANGUAGE], repr(text), outcome.found or "–"
            )
            yield what, message("remedy.say.correct")


def _unlike(sentence: Sentence) -> Message | None:
    """The language whose numbers differ from the English ones, if there is one. Months may be words or numbers."""
    wanted = _numbers_in(sentence.words[DEFAULT_LANGUAGE])
    for language, words in sentence.words.items():
        if not wanted <= _numbers_in(words):
            return message("finding.say.unlike", language, words)
    return None


def _numbers_in(words: str) -> set[str]:
    """The numbers in a text, and its placeholders for numbers."""
    return {*PLACE.findall(words), *DIGITS.findall(PLACE.sub("", words))}
