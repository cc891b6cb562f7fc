"""A stated value and a found value to a fit and a verdict.

| verdict | when |
| --- | --- |
| confirmed | the facts give what is stated, at the precision stated, and rest on another source than the text |
| consistent | the facts allow it: a stated bound holds, digits were cut off, or no other source says so |
| contradicted | the facts, on another source than the text, give something else |
| not_checkable | the facts say nothing about it |
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from typing import Literal

from corridors.locales.wording import amount, say

Verdict = Literal["confirmed", "consistent", "contradicted", "not_checkable"]
VERDICTS: tuple[Verdict, ...] = ("confirmed", "consistent", "contradicted", "not_checkable")
Fit = Literal["equal", "compatible", "contrary", "silent"]
Value = float | str | None

ABOUT = Decimal("0.05")
"""A stated value may differ from an "about" figure by this share of the figure."""


@dataclass(frozen=True, slots=True)
class Other:
    """The differing statement of another source.

    Attributes
    ----------
    value, unit
        The figure, date or place that it gives.
    text
        The same in words.
    by
        The producer of the source.
    sources
        Ids of ``sources.csv``.
    """

    value: Value
    unit: str
    text: str
    by: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One of several things that a check looked at, such as a route.

    Attributes
    ----------
    of, found
        What it is, and what was found, in words.
    plain
        The same under stable names.
    """

    of: str
    found: str
    plain: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The result of one check of a claim.

    Attributes
    ----------
    fit
        Whether the found value agrees with the stated one, and how well.
    method
        How the value was found, in one sentence with the values used.
    stated, stated_text
        What the text states, as a plain value and in words.
    found, found_text
        What the facts give, as a plain value and in words.
    witnessed
        Whether a source other than the text gives it, and readers can look that source up.
    sources
        Ids of ``sources.csv`` that were used.
    notes
        Remarks that follow from the comparison.
    others
        Sources that say something else.
    parts
        The things that the check looked at, one by one.
    """

    fit: Fit
    method: str
    stated: Value = None
    stated_text: str = ""
    found: Value = None
    found_text: str = ""
    witnessed: bool = False
    sources: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    others: tuple[Other, ...] = ()
    parts: tuple[Part, ...] = ()


def verdict_of(found: Sequence[Evidence]) -> Verdict:
    """The verdict on a claim from its checks: one contradicted check decides, an unsure check weakens the verdict."""
    each = [_verdict(evidence) for evidence in found]
    if "contradicted" in each:
        return "contradicted"
    if all(one == each[0] for one in each):
        return each[0]
    return "consistent"


def _verdict(evidence: Evidence) -> Verdict:
    """The verdict that follows from one check."""
    if evidence.fit == "silent":
        return "not_checkable"
    if evidence.fit == "contrary":
        return "contradicted" if evidence.witnessed else "not_checkable"
    return "confirmed" if evidence.fit == "equal" and evidence.witnessed else "consistent"


def half_up(value: float, digits: int) -> float:
    """A value rounded to so many digits; halves are rounded away from zero."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))


def digits_of(stated: str) -> int:
    """How many digits a stated number has after the decimal point."""
    return max(0, -int(Decimal(stated).as_tuple().exponent))


def fit_number(stated: str, found: float, *, above: bool = False, bound: str | None = None) -> tuple[Fit, str | None]:
    """How a figure fits a stated number, and the message key of a remark on it.

    Parameters
    ----------
    stated
        The number as stated, with its digits as written.
    found
        The figure.
    above
        Whether the number is stated as a lower bound.
    bound
        What the figure is: ``exact``, ``more_than`` or ``about``; None is exact.
    """
    wanted, given = Decimal(stated), Decimal(repr(half_up(found, 10)))
    if above or bound == "more_than":
        return _fit_bounds(wanted, given, above=above, lower=bound == "more_than")
    step = Decimal(1).scaleb(-digits_of(stated))
    if wanted in {given.quantize(step, ROUND_HALF_UP), given.quantize(step, ROUND_HALF_EVEN)}:
        return "equal", None
    if wanted == given.quantize(step, ROUND_DOWN):
        return "compatible", "claim.note.cut"
    if bound == "about" and abs(wanted - given) <= ABOUT * abs(given):
        return "compatible", "claim.note.about"
    return "contrary", None


def _fit_bounds(wanted: Decimal, given: Decimal, *, above: bool, lower: bool) -> tuple[Fit, str | None]:
    """How two numbers fit if one or both are lower bounds."""
    if above and lower:
        if wanted == given:
            return "equal", None
        # "More than 15" neither supports nor excludes "more than 30". "More than 50" implies "more than 30".
        return ("compatible", "claim.note.bound") if given > wanted else ("silent", None)
    holds = given > wanted if above else wanted >= given
    return ("compatible", "claim.note.bound") if holds else ("contrary", None)


def fit_date(stated: str, found: str) -> tuple[Fit, str | None]:
    """How a date fits a stated one (both ISO 8601, or a number that is a year), and the message key of a remark."""
    start = found.partition("/")[0]
    if found == stated or start.startswith(stated):
        return "equal", None
    if stated.startswith(start):
        return "compatible", "claim.note.coarser"
    return "contrary", None


@dataclass(frozen=True, slots=True)
class Stated:
    """The value that a text states, given by the check or the claim."""

    text: str
    unit: str
    above: bool

    def said(self, language: str) -> str:
        """The same in words."""
        written = amount(float(self.text), self.unit, language, digits=digits_of(self.text))
        return say(language, "number.more_than", written) if self.above else written

    @property
    def number(self) -> float:
        """The number, as ``int`` if the text states a whole number."""
        return whole(float(self.text))


def whole(value: float) -> float:
    """A number as ``int`` if it is whole, so that it is written without a decimal point."""
    return int(value) if float(value).is_integer() else value
