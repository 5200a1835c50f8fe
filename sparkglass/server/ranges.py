"""The ``Range`` header of a request (RFC 9110, section 14)."""

from __future__ import annotations

import re

_ONE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.ASCII | re.IGNORECASE)
# A file has fewer digits, and a hostile header should not make a long number.
_MOST_DIGITS = 18


class Unsatisfiable(Exception):
    """There is nothing of the file in the range."""


def read_range(header: str | None, size: int) -> tuple[int, int] | None:
    """The bytes that are asked for.

    Parameters
    ----------
    size
        Of the file, in bytes.

    Returns
    -------
    tuple or None
        The first byte and the one after the last; None for the whole file: no header, or one that is not one range of bytes, which is
        to be ignored.

    Raises
    ------
    Unsatisfiable
        When the range begins behind the end.
    """
    match = _ONE.fullmatch(header or "")
    if match is None or any(len(digits) > _MOST_DIGITS for digits in match.groups()):
        return None
    first, last = match.groups()
    if first:
        if last and int(last) < int(first):
            return None
        if int(first) >= size:
            raise Unsatisfiable
        return int(first), min(int(last) + 1, size) if last else size
    if not last:
        return None
    if int(last) == 0 or size == 0:
        raise Unsatisfiable
    return max(0, size - int(last)), size
