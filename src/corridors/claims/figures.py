"""Claims about figures, checked against trade, throughput and lengths: the checks that compare numbers."""

from collections.abc import Callable, Sequence

from corridors.claims.context import ClaimContext, Figure, Term, stated_by
from corridors.claims.evidence import Evidence, Fit, Other, Stated, digits_of, fit_number, half_up, whole
from corridors.data.checks import Check
from corridors.data.tables import Row
from corridors.locales.wording import amount, day, listed, say

PERCENT = 100.0
EXTRA_DIGITS = 2
"""A computed number is given with so many digits more than the text."""

LENGTH_TOLERANCE = 0.12
"""The length on the map may differ from a stated one by this share of it."""


def value(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """A figure of the facts, checked against the stated one."""
    figure = context.figure(Term(*check.words))
    if figure is None:
        return absent(check, claim, context)
    stated = stated_by(check, claim)
    fit, note = fit_number(stated.text, figure.value, above=check.above, bound=figure.row["bound"])
    # If the first source differs and another one agrees, the facts allow the stated value.
    agrees = [row for row in figure.others if fit_number(stated.text, row["value"], bound=row["bound"])[0] == "equal"]
    if fit == "contrary" and any(context.witnesses(row["source"], claim) for row in agrees):
        fit, note = "compatible", "claim.note.another"
    others = [*figure.others, *context.in_other_units(figure.term)]
    if not _witnessed(context, claim, figure):
        others += context.in_other_periods(figure.term)
    method = say(
        context.language, "claim.method.value",
        context.bounded(figure.row), day(figure.term.period, context.language), context.reporter(figure.row),
    )  # fmt: skip
    return _judged(
        context, claim, stated, figure.value, fit=fit, method=method, figures=[figure], others=others,
        notes=_remark(context, note, stated, figure.value), text=context.bounded(figure.row),
    )  # fmt: skip


def yoy(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The published growth of a figure over the year before, checked against the stated growth."""
    figure = context.figure(Term(*check.words))
    if figure is None or figure.row["yoy_percent"] is None:
        return absent(check, claim, context)
    stated = stated_by(check, claim)
    growth = float(figure.row["yoy_percent"])
    fit, note = fit_number(stated.text, growth, above=check.above)
    method = say(
        context.language, "claim.method.yoy", amount(growth, "percent", context.language),
        day(figure.term.period, context.language), context.bounded(figure.row), context.reporter(figure.row),
    )  # fmt: skip
    return _judged(
        context, claim, stated, growth, fit=fit, method=method, figures=[figure],
        notes=_remark(context, note, stated, growth),
    )  # fmt: skip


def times(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """A growth given as "so many times", which may mean growth or factor, checked against the published growth."""
    figure = context.figure(Term(*check.words))
    if figure is None:
        return absent(check, claim, context)
    stated = stated_by(check, claim)
    growth = half_up(figure.value / PERCENT, digits_of(stated.text) + EXTRA_DIGITS)
    factor = half_up(growth + 1, digits_of(stated.text) + EXTRA_DIGITS)
    as_growth, as_factor = (fit_number(stated.text, reading)[0] == "equal" for reading in (growth, factor))
    fit: Fit = "compatible" if as_growth or as_factor else "contrary"
    said = [amount(one, "", context.language) for one in (growth, factor)]
    key = "claim.note.times_growth" if as_growth else "claim.note.times_factor"
    notes = (say(context.language, key, *said),) if fit == "compatible" else ()
    method = say(
        context.language, "claim.method.times",
        amount(figure.value, "percent", context.language), *said, context.reporter(figure.row),
    )  # fmt: skip
    found = growth if as_growth or not as_factor else factor
    return _judged(context, claim, stated, found, fit=fit, method=method, figures=[figure], notes=notes)


def growth(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """Growth between two years in percent, checked against the stated growth."""
    table, subject, indicator, first, last, unit = check.words
    terms = [Term(table, subject, indicator, year, unit) for year in (last, first)]
    return _computed(check, claim, context, terms, lambda now, before: PERCENT * (now / before - 1), "growth")


def cagr(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The yearly growth from the first year to the last in percent, checked against the stated growth."""
    table, subject, indicator, first, last, unit = check.words
    years = int(last) - int(first)
    terms = [Term(table, subject, indicator, year, unit) for year in (last, first)]
    return _computed(check, claim, context, terms, lambda now, before: _yearly(now, before, years), "cagr", str(years))


def lead(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The difference of two subjects' yearly growth in percentage points, checked against the stated number."""
    table, subject, indicator, first, last, unit, other, other_unit = check.words
    years = int(last) - int(first)
    terms = [
        Term(table, who, indicator, year, in_unit)
        for who, in_unit in ((subject, unit), (other, other_unit))
        for year in (last, first)
    ]
    return _computed(
        check, claim, context, terms,
        lambda now, before, theirs, earlier: _yearly(now, before, years) - _yearly(theirs, earlier, years),
        "lead", str(years),
    )  # fmt: skip


def share(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """One indicator divided by another, in percent, checked against the stated share."""
    table, subject, part, of, period, unit = check.words
    terms = [Term(table, subject, indicator, period, unit) for indicator in (part, of)]
    return _computed(check, claim, context, terms, lambda one, all_of_it: PERCENT * one / all_of_it, "share")


def length(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """The published lengths of a line or a corridor, and its length on the map, checked against the stated length."""
    [feature] = check.words
    measured = context.length(feature)
    if measured is None:
        return absent(check, claim, context)
    stated = stated_by(check, claim)
    rows = context.lengths(feature)
    chosen = next((row for row in rows if fit_number(stated.text, row["length_km"])[0] == "equal"), None)
    row = chosen or (rows[0] if rows else None)
    on_map, of_map = measured
    found = row["length_km"] if row else on_map
    within = any(abs(stated.number - km) <= LENGTH_TOLERANCE * km for km in [found, on_map])
    fit: Fit = "equal" if chosen else "compatible" if within else "contrary"
    lengths = [amount(one["length_km"], "km", context.language) for one in rows]
    method = say(
        context.language, "claim.method.length",
        listed(lengths, context.language) or "–", amount(on_map, "km", context.language, digits=0),
    )  # fmt: skip
    used = sorted({source for one in rows for source in one["source"]} | set(of_map))
    witnesses = context.witnesses(row["source"] if row else of_map, claim)
    others = [
        Other(whole(one["length_km"]), "km", text, context.producers(one["source"]), tuple(sorted(one["source"])))
        for one, text in zip(rows, lengths, strict=True)
        if one is not row and one["length_km"] != found
    ]
    return Evidence(
        fit, method, stated.number, stated.said(context.language), whole(found), amount(found, "km", context.language),
        witnessed=bool(witnesses), sources=tuple(used), others=tuple(others),
        notes=(say(context.language, "claim.note.within"),) if fit == "compatible" else (),
    )  # fmt: skip


def absent(check: Check, claim: Row, context: ClaimContext) -> Evidence:
    """No result, because the facts lack the row that the check names."""
    stated = check.stated or claim["value"] or ""
    named = " ".join((check.verb, *check.words))
    return Evidence("silent", say(context.language, "claim.method.absent", named), stated or None, stated)


def _yearly(now: float, before: float, years: int) -> float:
    """The yearly growth, in percent, from one value to another over so many years."""
    return PERCENT * (float((now / before) ** (1 / years)) - 1)


def _computed(
    check: Check, claim: Row, context: ClaimContext, terms: Sequence[Term], formula: Callable[..., float], key: str,
    *parts: str,
) -> Evidence:  # fmt: skip
    """A number computed from several figures, checked against the stated one and against the text's own figures."""
    figures = [context.figure(term) for term in terms]
    found = [figure for figure in figures if figure is not None]
    if len(found) < len(terms):
        return absent(check, claim, context)
    stated = stated_by(check, claim)
    digits = digits_of(stated.text) + EXTRA_DIGITS
    result = half_up(formula(*(figure.value for figure in found)), digits)
    fit, note = fit_number(stated.text, result, above=check.above)
    values = [_of_period(figure, context) for figure in found]
    method = say(context.language, f"claim.method.{key}", *values, *parts)
    notes = [*_remark(context, note, stated, result), *_by_own_figures(context, stated, found, formula, fit)]
    others = [row for figure in found for row in figure.others]
    text = amount(result, stated.unit, context.language, digits=digits)
    return _judged(
        context, claim, stated, result, fit=fit, method=method, figures=found, notes=notes, others=others, text=text
    )


def _of_period(figure: Figure, context: ClaimContext) -> str:
    """A figure with its period."""
    return f"{amount(figure.value, figure.term.unit, context.language)} ({day(figure.term.period, context.language)})"


def _by_own_figures(
    context: ClaimContext, stated: Stated, figures: Sequence[Figure], formula: Callable[..., float], fit: Fit
) -> Sequence[str]:
    """A remark if the figures that the text itself prints give another result than the facts."""
    printed = [context.printed.get(figure.term, figure.value) for figure in figures]
    result = half_up(formula(*printed), digits_of(stated.text) + EXTRA_DIGITS)
    theirs, _ = fit_number(stated.text, result, above=stated.above)
    if (theirs == "contrary") == (fit == "contrary"):
        return ()
    own = [
        amount(context.printed[figure.term], figure.term.unit, context.language)
        for figure in figures
        if figure.term in context.printed
    ]
    key = "claim.note.printed_fails" if theirs == "contrary" else "claim.note.printed_holds"
    said = amount(result, stated.unit, context.language, digits=digits_of(stated.text) + EXTRA_DIGITS)
    return (say(context.language, key, listed(own, context.language), said),)


def _remark(context: ClaimContext, note: str | None, stated: Stated, found: float) -> Sequence[str]:
    """The remark of a comparison, in words."""
    if note is None:
        return ()
    if note != "claim.note.cut":
        return (say(context.language, note),)
    digits = digits_of(stated.text)
    rounded = amount(half_up(found, digits), stated.unit, context.language, digits=digits)
    return (say(context.language, note, amount(found, stated.unit, context.language), rounded),)


def _witnessed(context: ClaimContext, claim: Row, figure: Figure) -> bool:
    """Whether an independent source that can be looked up gives a figure, and with more than low confidence."""
    return bool(context.witnesses(figure.row["source"], claim)) and figure.row["confidence"] != "low"


def _judged(
    context: ClaimContext, claim: Row, stated: Stated, found: float,
    *, fit: Fit, method: str, figures: Sequence[Figure], notes: Sequence[str] = (), others: Sequence[Row] = (),
    text: str | None = None,
) -> Evidence:  # fmt: skip
    """A comparison of numbers as evidence."""
    growing = stated.above and stated.number == 0
    said = text or amount(found, stated.unit, context.language)
    witnesses = context.witnesses({source for figure in figures for source in figure.row["source"]}, claim)
    differing = [Other(whole(found), stated.unit, said, context.producers(witnesses), witnesses)]
    return Evidence(
        fit=fit,
        method=method,
        stated=None if growing else stated.number,
        stated_text=say(context.language, "claim.growing") if growing else stated.said(context.language),
        found=whole(found),
        found_text=said,
        witnessed=all(_witnessed(context, claim, figure) for figure in figures),
        sources=tuple(sorted({source for figure in figures for source in figure.row["source"]})),
        notes=tuple(notes),
        others=(*(differing if fit == "contrary" and witnesses else ()), *(context.other(row) for row in others)),
    )
