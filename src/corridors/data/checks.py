"""The checks of claims: the ``check`` column of claims.csv, parsed strictly.

A cell contains one or more checks, separated by ``;``. A check is a verb and its words, separated by single spaces:

| check | what is compared with what the text states |
| --- | --- |
| ``value TABLE SUBJECT INDICATOR PERIOD UNIT`` | a figure of trade.csv or throughput.csv |
| ``yoy TABLE SUBJECT INDICATOR PERIOD UNIT`` | its growth over the year before, in percent |
| ``times TABLE SUBJECT INDICATOR PERIOD UNIT`` | a growth in percent, stated as "so many times" |
| ``growth TABLE SUBJECT INDICATOR FROM TO UNIT`` | growth between two years, in percent |
| ``cagr TABLE SUBJECT INDICATOR FROM TO UNIT`` | the compound growth per year between two years, in percent |
| ``lead TABLE SUBJECT INDICATOR FROM TO UNIT SUBJECT UNIT`` | the first subject's ``cagr`` minus the second's |
| ``share TABLE SUBJECT PART WHOLE PERIOD UNIT`` | one indicator divided by another, in percent |
| ``length FEATURE`` | the published and the measured length of a line or a corridor, in km |
| ``saving LINE PAIR…`` | what the best route of each pair of places saves when a line opens, in the claim's unit |
| ``through CITIES PAIR…`` | whether the routes by rail and sea between each pair of places pass those cities |
| ``count LAYER COLUMN [COLUMN=VALUE…]`` | how many different values a column has where the conditions hold |
| ``venue KIND`` | the city where the event of that kind and of the claim's period took place |
| ``date FEATURE`` | the date or the opening of a feature |
| ``row FEATURE COLUMN=VALUE…`` | the columns of a feature, which must exist by the claim's period |
| ``after FEATURE FEATURE`` | whether the first feature is later than the second |
| ``opened LAYER…`` | whether features of each layer opened in the claim's period |
| ``reported VALUE SOURCE…`` | the statement of another source read for this claim alone; a number if a unit ends it |
| ``none REASON`` | nothing: the facts say nothing about it |

The atlas's own statements use the same checks, and these:

| check | what must hold |
| --- | --- |
| ``measure NAME [KEY=VALUE…]`` | a number of measures.json agrees with the value that follows |
| ``each NAME TABLE KEY [COLUMN=VALUE…]`` | the same for each row of a table or layer that meets the conditions |
| ``more TABLE INDICATOR PERIOD UNIT SUBJECT SUBJECT`` | the first subject has a larger figure than the second |
| ``claim CLAIM`` | a claim of claims.csv is confirmed or consistent |
| ``reading`` | nothing: the sentence explains how to read the map, and has no number |

``VALUE|VALUE`` in a condition allows either value. ``CITIES`` are one or more cities, separated by ``|``. A ``PAIR`` is
``FROM>TO``. The stated value is in the column ``value``. If a check compares something else, it ends in ``is VALUE
[UNIT]``. If the text states a lower bound, it ends in ``above [VALUE [UNIT]]``. A saving may be stated as a range,
``LOW/HIGH``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from corridors.locales import Message, message

FIGURE = "TABLE SUBJECT INDICATOR PERIOD UNIT"
GROWTH = "TABLE SUBJECT INDICATOR FROM TO UNIT"
FORMS: Mapping[str, str] = {
    "value": FIGURE,
    "yoy": FIGURE,
    "times": FIGURE,
    "growth": GROWTH,
    "cagr": GROWTH,
    "lead": f"{GROWTH} SUBJECT UNIT",
    "share": "TABLE SUBJECT INDICATOR INDICATOR PERIOD UNIT",
    "length": "FEATURE",
    "saving": "LINE PAIR…",
    "through": "CITIES PAIR…",
    "count": "LAYER COLUMN [COLUMN=VALUE…]",
    "venue": "KIND",
    "date": "FEATURE",
    "row": "FEATURE COLUMN=VALUE…",
    "after": "FEATURE FEATURE",
    "opened": "LAYER…",
    "reported": "VALUE SOURCE…",
    "none": "REASON",
}
"""The words after each verb. ``…`` stands for one or more words, brackets for any number of words, or none."""

SAYINGS: Mapping[str, str] = {
    **FORMS,
    "measure": "NAME [KEY=VALUE…]",
    "each": "NAME RECORDS KEY [COLUMN=VALUE…]",
    "more": "TABLE INDICATOR PERIOD UNIT SUBJECT SUBJECT",
    "claim": "CLAIM",
    "reading": "",
}
"""The same for the atlas's own statements."""

REASONS = ("qualitative", "figures", "sourcing")
"""Reasons why nothing can be checked."""

_FEATURE = "[a-z]+/[a-z0-9]+(-[a-z0-9]+)*"
SLOTS: Mapping[str, str] = {
    "TABLE": "trade|throughput",
    "SUBJECT": "[A-Za-z0-9-]+",
    "INDICATOR": "[a-z0-9]+(_[a-z0-9]+)*",
    "PERIOD": r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?",
    "FROM": r"\d{4}",
    "TO": r"\d{4}",
    "UNIT": "[a-z]+(_[a-z]+)*",
    "FEATURE": _FEATURE,
    "PAIR": f"{_FEATURE}>{_FEATURE}",
    "CITIES": rf"{_FEATURE}(\|{_FEATURE})*",
    "LINE": "([a-z]+/)?[a-z0-9]+(-[a-z0-9]+)*",
    "LAYER": "[a-z]+",
    "COLUMN": "[a-z0-9]+(_[a-z0-9]+)*",
    "COLUMN=VALUE": r"[a-z0-9]+(_[a-z0-9]+)*=[^=\s]+",
    "NAME": "[a-z0-9]+(_[a-z0-9]+)*",
    "KEY": "[a-z]+(_[a-z]+)*",
    "KEY=VALUE": r"[a-z]+(_[a-z]+)*=[^=\s]+",
    "RECORDS": "[a-z]+(_[a-z]+)*",
    "CLAIM": "[a-z0-9]+(-[a-z0-9]+)*",
    "KIND": "[a-z]+(_[a-z]+)*",
    "VALUE": r"\S+",
    "SOURCE": "[a-z0-9]+(-[a-z0-9]+)*",
    "REASON": "|".join(REASONS),
}
"""The pattern of each kind of word."""

ENDINGS = ("is", "above")
LONGEST_ENDING = 2
"""A value and its unit."""


@dataclass(frozen=True, slots=True)
class Check:
    """One parsed check.

    Attributes
    ----------
    verb
        The verb.
    words
        The words after it, in the order of the verb's form, without conditions.
    where
        Conditions: a column and its allowed values.
    stated
        The value that the text states, if it is not the claim's ``value``.
    unit
        Its unit, if it is not the claim's.
    above
        Whether the text states a lower bound.
    """

    verb: str
    words: tuple[str, ...]
    where: tuple[tuple[str, tuple[str, ...]], ...] = ()
    stated: str | None = None
    unit: str | None = None
    above: bool = False


class UnreadableCheckError(ValueError):
    """The error of a check that is not written correctly: the fault and the remedy."""

    def __init__(self, what: Message, remedy: Message) -> None:
        super().__init__(what)
        self.message = what
        self.remedy = remedy


def parse_check(text: str, forms: Mapping[str, str] = FORMS) -> Check:
    """Parse one check, whose verb is one of ``forms``.

    Raises
    ------
    UnreadableCheckError
        If the verb is unknown, or a word is missing, of the wrong kind or too many.
    """
    verb, *words = text.split() or [""]
    if verb not in forms:
        close = get_close_matches(verb, forms, n=1)
        what = message("finding.check.meant", repr(verb), close[0]) if close else message("finding.check", repr(verb))
        raise UnreadableCheckError(what, message("remedy.begin", forms))
    form = f"{verb} {forms[verb]}".rstrip()
    at = next((place for place, word in enumerate(words) if word in ENDINGS), len(words))
    words, ending = words[:at], words[at:]
    _hold_to_form(text, words, forms[verb].split(), form)
    if ending and (len(ending) > LONGEST_ENDING + 1 or (ending == ["is"])):
        remedy = message("remedy.check", f"{form} is VALUE UNIT")
        raise UnreadableCheckError(message("finding.check.ending", repr(text)), remedy)
    conditions = [word for word in words if "=" in word and "=VALUE…" in forms[verb]]
    pairs = [word.partition("=")[::2] for word in conditions]
    return Check(
        verb=verb,
        words=tuple(word for word in words if word not in conditions),
        where=tuple((column, tuple(values.split("|"))) for column, values in pairs),
        stated=ending[1] if len(ending) > 1 else None,
        unit=ending[2] if len(ending) > LONGEST_ENDING else None,
        above=ending[:1] == ["above"],
    )


def _hold_to_form(text: str, words: Sequence[str], slots: Sequence[str], form: str) -> None:
    """Check words against the slots of a form.

    Raises
    ------
    UnreadableCheckError
        If there are more, fewer or other words.
    """
    last = slots[-1] if slots else ""
    least = len(slots) - 1 if last.startswith("[") else len(slots)
    most = None if "…" in last else len(slots)
    if len(words) < least or (most is not None and len(words) > most):
        what = message("finding.check.words", repr(text), str(len(words)))
        raise UnreadableCheckError(what, message("remedy.check", form))
    for place, word in enumerate(words):
        slot = slots[min(place, len(slots) - 1)].strip("[]…")
        if not re.fullmatch(SLOTS[slot], word):
            few = slot in {"TABLE", "REASON"}
            allowed = message("remedy.check.among", form, slot, SLOTS[slot].split("|"))
            what = message("finding.check.word", repr(word), slot, repr(text))
            raise UnreadableCheckError(what, allowed if few else message("remedy.check", form))
