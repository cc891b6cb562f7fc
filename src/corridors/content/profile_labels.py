"""The places and countries of a profile to the names in its strip: which have one, and where.

Pages have the same rule in ``script/profile/labels.ts``.
"""

from collections.abc import Sequence

from corridors.network.profile import Mark

ENDS = 2
"""How many of the first places are ends of the route."""


def by_claim(marks: Sequence[Mark]) -> list[Mark]:
    """The places in the order of their claim to a name: ends, breaks of gauge, then cities, the largest first."""
    places = [mark for mark in marks if mark.kind == "place"]
    breaks = {mark.at_m for mark in marks if mark.kind == "break"}
    cities = sorted((mark for mark in places if mark.people), key=lambda mark: -mark.people)
    changes = (mark for mark in places if mark.at_m in breaks)
    return list(dict.fromkeys([places[0], places[-1], *changes, *cities]))


def told_apart(full: Sequence[str], short: Sequence[str]) -> list[str]:
    """Short names, but the full one where another place has the same short name."""
    return [one if short.count(less) > 1 else less for one, less in zip(full, short, strict=True)]


def place_names(
    wishes: Sequence[tuple[float, float]], width: float, rows: int, gap: float
) -> list[tuple[float, int] | None]:
    """The middle and the row of each name. No name touches another, nor a line that leads to one.

    Parameters
    ----------
    wishes
        The position and the width of each name, in the order of their claims. The first two are the ends.
    width
        The width of the strip, in the same unit.
    rows
        The number of rows. They count from the strip.
    gap
        The least distance between two names of a row.

    Returns
    -------
    list
        None for a name without space.
    """
    taken: list[list[tuple[float, float]]] = [[] for _ in range(rows)]

    def free(row: int, left: float, right: float) -> bool:
        return all(right + gap <= start or end + gap <= left for start, end in taken[row])

    found: list[tuple[float, int] | None] = []
    for nth, (x, wide) in enumerate(wishes):
        middle = max(wide / 2, min(width - wide / 2, x))
        left, right = middle - wide / 2, middle + wide / 2
        # The ends are in the upper row, so that there is space for names near them.
        order = range(rows) if nth >= ENDS else reversed(range(rows))
        fitting = (row for row in order if free(row, left, right) and all(free(below, x, x) for below in range(row)))
        row = next(fitting, None) if wide <= width else None
        found.append(None if row is None else (middle, row))
        if row is None:
            continue
        taken[row].append((left, right))
        if nth >= ENDS:
            for below in range(row):
                taken[below].append((x, x))
    return found


def in_a_row(wishes: Sequence[tuple[float, float, float]], width: float, gap: float) -> list[float | None]:
    """The middle of each name in one row, in this order, as near to its position as the others let it be.

    Parameters
    ----------
    wishes
        The position of each name, its width, and its claim: without space for all, the least claims have none.
    width
        The width of the row, in the same unit.
    gap
        The least distance between two names.

    Returns
    -------
    list
        None for a name without space.
    """
    named = list(range(len(wishes)))
    while sum(wishes[nth][1] + gap for nth in named) - gap > width:
        named.remove(min(named, key=lambda nth: wishes[nth][2]))
    found: list[float | None] = [None] * len(wishes)
    start = 0.0
    for nth in named:
        x, wide, _ = wishes[nth]
        found[nth] = middle = max(start + wide / 2, x)
        start = middle + wide / 2 + gap
    end = width
    for nth in reversed(named):
        x, wide = found[nth] or 0.0, wishes[nth][1]
        found[nth] = middle = min(end - wide / 2, x)
        end = middle - wide / 2 - gap
    return found
