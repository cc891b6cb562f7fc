"""Whole numbers as few bytes, in blocks of one stream. The page's script reads them (script/columns/).

A number takes one byte for each seven bits, the lowest first; the eighth bit says that more follow. Signed numbers
0, -1, 1, -2, 2 … are written as 0, 1, 2, 3, 4 …, so that small ones stay short.
"""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.integer] | Sequence[int]

Block: TypeAlias = list[int]
"""The first byte of a block in the stream, and the number of its bytes."""

AT_ONCE = 1 << 18
"""Numbers that are encoded at once, so that the intermediate results stay in the processor's cache."""

SEVEN = 7
MOST_BYTES = 9
"""A number has at most 63 bits."""


class Blocks:
    """The blocks of a stream, one after the other."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._size = 0

    def add(self, data: bytes) -> Block:
        """Add bytes as a block."""
        self._parts.append(data)
        start, self._size = self._size, self._size + len(data)
        return [start, len(data)]

    def unsigned(self, values: Numbers) -> Block:
        """Add whole numbers that are not negative."""
        return self.add(varints(np.asarray(values, dtype=np.int64)))

    def signed(self, values: Numbers) -> Block:
        """Add whole numbers of any sign."""
        return self.add(varints(zigzag(np.asarray(values, dtype=np.int64))))

    def steps(self, values: Numbers) -> Block:
        """Add whole numbers as the differences from the one before, the first from 0."""
        whole = np.asarray(values, dtype=np.int64)
        return self.signed(whole - np.concatenate([[0], whole[:-1]]))

    def data(self) -> bytes:
        """All blocks."""
        return b"".join(self._parts)


def zigzag(values: NDArray[np.int64]) -> NDArray[np.int64]:
    """Whole numbers of any sign as numbers that are not negative."""
    return (values << 1) ^ (values >> 63)


def varints(values: NDArray[np.int64]) -> bytes:
    """Whole numbers that are not negative, as bytes."""
    return b"".join(_encoded(values[at : at + AT_ONCE]) for at in range(0, len(values), AT_ONCE))


def _encoded(values: NDArray[np.int64]) -> bytes:
    """Some numbers as bytes: the first byte of all, then the second byte of those that have one, and so on."""
    top = int(values.max(initial=0))
    lengths = np.ones(len(values), dtype=np.int64)
    for nth in range(1, MOST_BYTES):
        if top >> SEVEN * nth == 0:
            break
        lengths += values >> SEVEN * nth > 0
    ends = np.cumsum(lengths)
    data = np.zeros(int(ends[-1]) if len(ends) else 0, dtype=np.uint8)
    places, rest, more = ends - lengths, values, lengths
    while len(rest):
        data[places] = (rest & 127) | np.where(more > 1, 128, 0)
        going = more > 1
        places, rest, more = places[going] + 1, rest[going] >> SEVEN, more[going] - 1
    return data.tobytes()
