"""Bytes to the text of a page: seven bits a letter, so that a page is an eighth smaller than with base64.

Of each portion of bytes, first come letters with the lower seven bits of each byte, and then letters with the upper bit
of seven bytes each. Four letters are left out: NUL and the carriage return, which a browser replaces, ``<``, which
begins markup, and ``{``, which begins a mark of templates. They are written with an eighth bit, as letters from U+0080
on, which take two bytes in a file.
"""

import numpy as np
from numpy.typing import NDArray

PORTION = 7 << 17
"""The bytes of a portion. The last one may be shorter."""

BITS = 7

UNSAFE = b"\0\r<{"
SAFE = bytes.maketrans(UNSAFE, bytes(sign | 128 for sign in UNSAFE))


def letters(data: bytes | bytearray) -> str:
    """Bytes as a text that is inert in an element of a page whose content is no markup, as that of a script."""
    plain = np.frombuffer(data, dtype=np.uint8)
    written = (_portion(plain[at : at + PORTION]) for at in range(0, len(plain), PORTION))
    return b"".join(written).translate(SAFE).decode("latin-1")


def _portion(plain: NDArray[np.uint8]) -> bytes:
    """Bytes as numbers of seven bits. The upper bits of one number are of bytes that stand equally far apart."""
    apart = -(-len(plain) // BITS)
    upper = np.zeros(apart, dtype=np.uint8)
    for bit in range(BITS):
        part = plain[bit * apart : (bit + 1) * apart]
        upper[: len(part)] |= part >> BITS << bit
    return (plain & 127).tobytes() + upper.tobytes()
