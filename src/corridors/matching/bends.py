"""Vertices of a way, and how much longer its tracks are, to a curve: a track that is longer than its chord bends.

Each long step becomes a cubic Hermite curve. Its directions at the vertices are those of the steps before and after,
weighted by their shortness. How much it bends follows from how much longer its track is than its chord.
"""

import numpy as np

from corridors.matching.tracks import Floats, Integers

SHORTEST_CURVE_KM = 4.0
"""Shorter steps stay straight."""

VERTEX_KM = 2.0
"""The distance between vertices of a curve."""

BEND, MOST_BEND = 1.2, 0.3
"""The tangents of a curve, divided by its chord: the first number times the root of the excess, at most the second."""

SHARPEST, LONGEST_SPIKE_KM = 135.0, 4.0
"""A line does not turn more sharply than this, in degrees. Where it does, a spike shorter than this is cut off."""

MOST_HALVINGS = 6
"""A curve that is longer than its track is made flatter so many times, by half."""


def bent(xy: Floats, stretch: Floats) -> tuple[Floats, Floats]:
    """The vertices of a way with its long steps as curves.

    Parameters
    ----------
    xy
        The vertices in kilometres, shape (n, 2).
    stretch
        The length of the track of each step, divided by its chord, shape (n - 1,).

    Returns
    -------
    tuple
        The new vertices, and where each is on the way: the number of the vertex before, plus the share of the step.
    """
    chord = np.hypot(*np.diff(xy, axis=0).T)
    course = np.diff(xy, axis=0) / np.maximum(chord, 1e-9)[:, None]
    pull = course / np.maximum(chord, 1e-3)[:, None]
    tangent = np.vstack([course[:1], pull[:-1] + pull[1:], course[-1:]])
    tangent /= np.maximum(np.hypot(*tangent.T), 1e-9)[:, None]
    strength = np.minimum(MOST_BEND, BEND * np.sqrt(stretch - 1)) * chord
    pieces = np.where(chord >= SHORTEST_CURVE_KM, np.ceil(chord / VERTEX_KM), 1).astype(int)
    step = np.repeat(np.arange(len(chord)), pieces)
    share = (np.arange(len(step)) - np.repeat(np.cumsum(pieces) - pieces, pieces)) / pieces[step]
    for _ in range(MOST_HALVINGS):
        curve = _hermite(xy, strength[:, None] * tangent[:-1], strength[:, None] * tangent[1:], step, share)
        length = np.bincount(step, weights=np.hypot(*np.diff(curve, axis=0).T))
        strength = np.where(length > chord * stretch * (1 + 1e-9), strength / 2, strength)
    pieces_km = np.hypot(*np.diff(curve, axis=0).T)
    run = np.concatenate([np.zeros(1), np.cumsum(pieces_km)])
    first = np.searchsorted(step, step)  # the first piece of each step
    whole = np.maximum(np.bincount(step, weights=pieces_km), 1e-9)
    return curve, np.append(step + (run[:-1] - run[first]) / whole[step], float(len(chord)))


def spikeless(xy: Floats) -> Integers:
    """The numbers of the vertices of a way (kilometres, shape (n, 2)) where it does not run out and back; its ends."""
    kept = np.arange(len(xy))
    while len(kept) > 2:  # noqa: PLR2004 - a line has two ends
        steps = np.diff(xy[kept], axis=0)
        course = np.degrees(np.arctan2(steps[:, 1], steps[:, 0]))
        turns = np.abs((np.diff(course) + 180) % 360 - 180)
        length = np.hypot(*steps.T)
        spikes = np.flatnonzero((turns > SHARPEST) & (np.minimum(length[:-1], length[1:]) < LONGEST_SPIKE_KM))
        if not len(spikes):
            break
        kept = np.delete(kept, spikes[turns[spikes].argmax()] + 1)
    return kept


def _hermite(xy: Floats, leaving: Floats, arriving: Floats, step: Integers, share: Floats) -> Floats:
    """Points of cubic Hermite curves: at a share of each step, with the tangents at its ends."""
    s = share[:, None]
    curve = (
        (2 * s**3 - 3 * s**2 + 1) * xy[step]
        + (3 * s**2 - 2 * s**3) * xy[step + 1]
        + (s**3 - 2 * s**2 + s) * leaving[step]
        + (s**3 - s**2) * arriving[step]
    )
    return np.vstack([curve, xy[-1:]])
