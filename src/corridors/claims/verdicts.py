"""Claims to verdicts: what a text states, what the facts give, and whether the two agree.

The ``check`` of a claim says how it is checked (see the module ``data.checks``). Verdicts are always computed and
stored nowhere. The first source of a claim is the text that it quotes.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import geopandas as gpd

from corridors.claims import events, figures
from corridors.claims import ways as claim_ways
from corridors.claims.context import ClaimContext, Term, refuse
from corridors.claims.evidence import VERDICTS, Evidence, Other, Part, Value, Verdict, verdict_of
from corridors.claims.wayfinder import Wayfinder
from corridors.data.checks import Check, UnreadableCheckError, parse_check
from corridors.data.facts import Facts
from corridors.data.tables import Row
from corridors.locales import DEFAULT_LANGUAGE, messages
from corridors.locales.wording import say
from corridors.measures.measure import Measures

Method = Callable[[Check, Row, ClaimContext], Evidence]
METHODS: Mapping[str, Method] = {
    "value": figures.value,
    "yoy": figures.yoy,
    "times": figures.times,
    "growth": figures.growth,
    "cagr": figures.cagr,
    "lead": figures.lead,
    "share": figures.share,
    "length": figures.length,
    "saving": claim_ways.saving,
    "through": claim_ways.through,
    "count": events.count,
    "venue": events.venue,
    "date": events.date,
    "row": events.row,
    "after": events.after,
    "opened": events.opened,
    "reported": events.reported,
    "none": events.none,
}
"""The function that checks each verb of ``data.checks.FORMS``."""

NO_TEXT = "–"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with its verdict.

    Attributes
    ----------
    id, label, place
        Its id, its topic in words, and the feature on the map (``layer/id``) that it is about, or None.
    quote, quote_language
        The words of the text, and their language.
    stated, recomputed
        What the text states and what the facts give: a number, an ISO date, a name, or None.
    stated_text, recomputed_text
        The same in words.
    unit
        The unit of both, or "".
    method
        How it was recomputed, in one sentence with the values used.
    verdict
        See the module ``claims.evidence``.
    sources
        Ids of ``sources.csv`` that were used or read for it, including the text's, sorted.
    text
        Id of the source that is quoted.
    note
        Remarks that follow from the comparison, or "".
    remark
        What the compilers of the facts noted, or "".
    disagreeing
        Sources that say something else.
    parts
        The things that were looked at, one by one, such as routes.
    """

    id: str
    quote: str
    quote_language: str
    label: str
    stated: Value
    recomputed: Value
    unit: str
    stated_text: str
    recomputed_text: str
    method: str
    verdict: Verdict
    sources: tuple[str, ...]
    text: str
    place: str | None
    note: str
    remark: str
    disagreeing: tuple[Other, ...]
    parts: tuple[Part, ...]

    def as_dict(self) -> dict[str, object]:
        """The claim under the stable names of ``corridors claims --format json``."""
        return {
            "id": self.id,
            "quote": self.quote,
            "label": self.label,
            "stated": self.stated,
            "recomputed": self.recomputed,
            "unit": self.unit or None,
            "method": self.method,
            "verdict": self.verdict,
            "sources": list(self.sources),
            "place": self.place,
            "note": self.note or None,
            "remark": self.remark or None,
            "disagreeing": [
                {"value": one.value, "unit": one.unit or None, "by": one.by, "sources": list(one.sources)}
                for one in self.disagreeing
            ],
            "parts": [dict(part.plain) for part in self.parts],
        }


def check_claims(
    facts: Facts,
    layers: Mapping[str, gpd.GeoDataFrame],
    measures: Measures,
    ways: Wayfinder,
    language: str = DEFAULT_LANGUAGE,
) -> list[Claim]:
    """Check every claim of the facts.

    Parameters
    ----------
    facts
        The checked fact tables.
    layers
        The layers built from them.
    measures
        The numbers of the atlas.
    ways
        The network. All languages share one, so that each route is computed once.
    language
        Language of labels, methods and notes; quotations stay as they are.

    Raises
    ------
    InputError
        If a check cannot be read, or names a layer or column that does not exist. The message names file, claim, column
        and remedy.
    """
    context = ClaimContext(facts, layers, measures, ways, language, printed_in(facts))
    return check_claims_in((language,), context)[language]


def check_claims_in(languages: Sequence[str], context: ClaimContext) -> dict[str, list[Claim]]:
    """Check every claim of a context's facts, with results in several languages; see :func:`check_claims`."""
    facts = context.facts
    checks = {claim["id"]: _checks(claim) for claim in facts.rows("claims")}
    claims = {}
    for language in languages:
        own = replace(context, language=language)  # results found for one language are used for the next
        claims[language] = [_checked(claim, checks[claim["id"]], own) for claim in facts.rows("claims")]
    return claims


def check_claim(name: str, context: ClaimContext) -> Claim | None:
    """Check one claim of a context's facts alone, or return None if there is none; see :func:`check_claims`.

    In facts of an earlier year, others may be about things that did not exist.
    """
    claim = context.facts.by_id("claims").get(name)
    return None if claim is None else _checked(claim, _checks(claim), context)


def tally(claims: Sequence[Claim]) -> dict[Verdict, int]:
    """How many claims have each verdict."""
    counted = Counter(claim.verdict for claim in claims)
    return {verdict: counted[verdict] for verdict in VERDICTS}


def _checks(claim: Row) -> list[Check]:
    """The parsed checks of a claim."""
    try:
        return [parse_check(text) for text in claim["check"]]
    except UnreadableCheckError as error:
        refuse(claim, "check", error.message, error.remedy)
        raise


def printed_in(facts: Facts) -> Mapping[Term, float]:
    """The figures that the quoted texts themselves print, by their term.

    Raises
    ------
    InputError
        If a check cannot be read.
    """
    return {
        Term(*check.words): float(claim["value"])
        for claim in facts.rows("claims")
        for check in _checks(claim)
        if check.verb == "value" and not check.above and check.stated is None and _is_decimal(claim["value"])
    }


def _is_decimal(text: str | None) -> bool:
    """Whether a text is a number without sign."""
    return text is not None and text.replace(".", "", 1).isdigit()


def _checked(claim: Row, checks: Sequence[Check], context: ClaimContext) -> Claim:
    """One claim with its verdict."""
    found = [METHODS[check.verb](check, claim, context) for check in checks]
    verdict = verdict_of(found)
    notes = [note for evidence in found for note in evidence.notes]
    if verdict == "consistent" and any(one.fit == "equal" and not one.witnessed for one in found):
        notes.append(say(context.language, "claim.note.own"))
    if verdict == "not_checkable" and any(one.fit == "contrary" for one in found):
        notes.append(say(context.language, "claim.note.unverified"))
    return Claim(
        id=claim["id"],
        quote=claim["quote"],
        quote_language=claim["language"],
        label=claim.get(f"label_{context.language}") or claim["label_en"],
        stated=_together([evidence.stated for evidence in found]),
        recomputed=_together([evidence.found for evidence in found]),
        unit=claim["unit"] or "",
        stated_text=_joined((evidence.stated_text for evidence in found), context.language),
        recomputed_text=_joined((evidence.found_text for evidence in found), context.language),
        method=" ".join(dict.fromkeys(evidence.method for evidence in found)),
        verdict=verdict,
        sources=tuple(sorted({*claim["source"], *(source for one in found for source in one.sources)})),
        text=claim["source"][0],
        place=claim["place"],
        note=" ".join(dict.fromkeys(notes)),
        remark=claim.get(f"remark_{context.language}") or claim["remark_en"] or "",
        disagreeing=tuple(other for evidence in found for other in evidence.others),
        parts=tuple(part for evidence in found for part in evidence.parts),
    )


def _together(values: Sequence[Value]) -> Value:
    """The values of several checks as one: words separated by ``;``, else the first value."""
    words = [value for value in values if isinstance(value, str)]
    return ";".join(words) if words and len(words) == len(values) else values[0]


def _joined(texts: Iterable[str], language: str) -> str:
    """Several texts as one; a dash replaces a missing text."""
    return messages(language)["list.semicolon"].join(text for text in texts if text) or NO_TEXT
