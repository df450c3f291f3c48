"""Repairs the one fault of JSON that keeps a whole page from being read.

A name may have been cut in the middle of a character outside the basic plane: then one half of its
surrogate pair is left, which no decoder takes (RFC 8259, 8.2).
"""

import re

_REPLACEMENT = rb"\ufffd"
# Every escape is matched, so that the second backslash of an escaped one starts nothing.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}(?P<second>\\u[dD][c-fC-F][0-9a-fA-F]{2})?"
    rb"|(?P<low>u[dD][c-fC-F][0-9a-fA-F]{2})|(?P<other>.))",
    re.DOTALL,
)


def with_whole_characters(body: bytes) -> bytes:
    """`body` with each half of a pair replaced by U+FFFD; the same object if there is none."""
    repaired = _ESCAPE.sub(_whole, body)
    return repaired if repaired != body else body


def _whole(found: re.Match[bytes]) -> bytes:
    is_whole = found["second"] is not None or found["other"] is not None
    return found[0] if is_whole else _REPLACEMENT
