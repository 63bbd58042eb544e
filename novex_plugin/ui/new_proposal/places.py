"""Where a new proposal goes: a name that is free, and why a place cannot be used, before anything is written."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

SUFFIX = ".gpkg"
_MOST = 1000


def proposed(folder: Path, province: str, variant: str) -> Path:
    """A name by the agreement's pattern (lower case, no spaces) that no file in the folder has yet."""
    stem = "_".join(part for part in ("voorstel", plain(province), plain(variant)) if part)
    return free(folder / f"{stem}{SUFFIX}")


def free(path: Path) -> Path:
    """This path, or the same with a number behind it where a file has that name."""
    numbered = (path.with_name(f"{path.stem}_{count}{path.suffix}") for count in range(2, _MOST))
    return next((each for each in (path, *numbered) if not _taken(each)), path)


def plain(text: str) -> str:
    """A text as a part of a file name: lower case letters, digits and hyphens."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:40]


def project_beside(proposal: Path) -> Path:
    """Where the project of a proposal goes, beside it; never over another project."""
    return free(proposal.with_suffix(".qgz"))


def writable(path: Path) -> bool:
    """Whether a file can be made there: its folder, or the nearest that is there, may be written to."""
    folder = next((each for each in path.absolute().parents if each.exists()), None)
    return folder is not None and folder.is_dir() and os.access(folder, os.W_OK)


def _taken(path: Path) -> bool:
    return path.exists() or path.is_symlink()
