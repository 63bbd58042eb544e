"""What is written never takes the place of what is read, nor of something else that is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.geopackage import layer_names

_OTHER = "Kies een andere naam om naar te schrijven."
_OF_A_SNAPSHOT = ("manifest.json", "data", "layers")


def refuse_overwriting(outputs: Mapping[str, Path], inputs: Iterable[Path], writes_proposal: bool = False) -> None:
    """Raise InputError when an output is also an input, another output, part of an input snapshot, or a proposal.

    Links and other spellings of a path count as the file that they lead to. `writes_proposal` leaves it to the caller
    to judge a proposal that exists.
    """
    read = list(inputs)
    seen: dict[Path, str] = {}
    for name, output in outputs.items():
        place = output.resolve()
        if place in seen:
            raise InputError(f"is de plaats van {seen[place]} en van {name}.", "Kies twee namen.", output)
        seen[place] = name
        if any(_same(output, each) or _inside(place, each) for each in read):
            raise InputError("wordt ook gelezen; dit bestand blijft zoals het is.", _OTHER, output, field=name)
        if not writes_proposal and _is_proposal(output):
            raise InputError("is een voorstel; dit bestand blijft zoals het is.", _OTHER, output, field=name)


def _same(output: Path, read: Path) -> bool:
    try:
        return output.is_file() and read.is_file() and output.samefile(read)
    except (OSError, ValueError):
        return False


def _inside(place: Path, read: Path) -> bool:
    """Whether it is a part of a snapshot that is read."""
    try:
        folder = read.resolve()
        return place.is_relative_to(folder) and folder.is_dir() and place.relative_to(folder).parts[0] in _OF_A_SNAPSHOT
    except (OSError, ValueError, IndexError):
        return False


def _is_proposal(output: Path) -> bool:
    try:
        return output.is_file() and "voorstel" in layer_names(output)
    except InputError:
        return False
