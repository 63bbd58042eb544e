"""A PDF from Qt without the moment of its making: the same map gives the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

_MOMENTS = re.compile(
    rb"(?P<before>/(?:CreationDate|ModDate) \(D:|xmp:(?:Create|Modify|Metadata)Date=\"|DocumentID=\"uuid:)"
    rb"(?P<written>[0-9a-fA-F:TZ+'-]+)"
)
_FIXED = re.compile(rb"[0-9a-fA-F]")


def settle_pdf(path: Path) -> None:
    """Put noughts in place of dates and the random identifier, sign for sign, so that the places in the file hold."""
    content = path.read_bytes()
    path.write_bytes(_MOMENTS.sub(lambda found: found["before"] + _FIXED.sub(b"0", found["written"]), content))
