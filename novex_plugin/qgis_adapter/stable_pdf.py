"""A PDF from Qt without the moment of its making: the same map gives the same bytes."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

_MOMENTS = re.compile(
    rb"(?P<before>/(?:CreationDate|ModDate) \(D:|xmp:(?:Create|Modify|Metadata)Date=\"|DocumentID=\"uuid:)"
    rb"(?P<written>[0-9a-fA-F:TZ+'-]+)"
)
_FIXED = re.compile(rb"[0-9a-fA-F]")


def settle_pdf(path: Path) -> None:
    """Put noughts in place of dates and the random identifier, sign for sign, so that the places in the file hold.

    Raises OSError when the file stops short: Qt says nothing of a disk that is full.
    """
    content = path.read_bytes()
    if not content.rstrip().endswith(b"%%EOF"):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
    path.write_bytes(_MOMENTS.sub(lambda found: found["before"] + _FIXED.sub(b"0", found["written"]), content))
