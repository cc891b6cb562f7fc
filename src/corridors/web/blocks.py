"""Whole numbers as few bytes, in blocks of one stream. The page's script reads them (script/columns/).

A number takes one byte for each seven bits, the lowest first; the eighth bit says that more follow. A block has the
first bytes of all its numbers, then the second bytes of those that have one, and so on, because bytes of one kind side
by side compress better. Signed numbers 0, -1, 1, -2, 2 … are written as 0, 1, 2, 3, 4 …, so that small ones stay short.
"""

from collections.abc import Sequence
from itertools import count
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.integer] | Sequence[int]

Block: TypeAlias = list[int]
"""The first byte of a block in the stream, and the number of its bytes."""

AT_ONCE = 1 << 18
"""Numbers that are encoded at once, so that the intermediate results stay in the processor's cache."""

SEVEN = 7


class Varints:
    """Whole numbers that are not negative, as the bytes of one block. They may come in several portions."""

    def __init__(self) -> None:
        self._planes: list[list[bytes]] = []

    def add(self, values: NDArray[np.int64]) -> None:
        """Add numbers behind those that are there."""
        for at in range(0, len(values), AT_ONCE):
            rest = values[at : at + AT_ONCE]
            for nth in count():
                if nth == len(self._planes):
                    self._planes.append([])
                more = rest >> SEVEN > 0
                self._planes[nth].append(((rest & 127) | (more << SEVEN)).astype(np.uint8).tobytes())
                rest = rest[more] >> SEVEN
                if not len(rest):
                    break

    def data(self) -> bytes:
        """The bytes of all numbers."""
        return b"".join(b"".join(plane) for plane in self._planes)


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
        numbers = Varints()
        numbers.add(np.asarray(values, dtype=np.int64))
        return self.add(numbers.data())

    def signed(self, values: Numbers) -> Block:
        """Add whole numbers of any sign."""
        return self.unsigned(zigzag(np.asarray(values, dtype=np.int64)))

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
