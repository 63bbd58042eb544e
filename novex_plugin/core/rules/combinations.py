"""What it means when two functions lie on the same ground: a matrix over legend units, read from data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.errors import InputError
from novex_plugin.core.files import file_digest, json_line, read_json
from novex_plugin.core.resources import RESOURCES
from novex_plugin.core.rules.model import Citation, Tolerance
from novex_plugin.core.rules.vocabulary import Vocabulary, vocabulary

COMBINATIONS = RESOURCES / "rules" / "combinations.json"

GOED = "goed"
VOORWAARDE = "voorwaarde"
CONFLICT = "conflict"
DUBBEL = "dubbel"
ONBEKEND = "onbekend"
JUDGEMENTS = (CONFLICT, VOORWAARDE, GOED, DUBBEL, ONBEKEND)
"""All that can be said of a pair: the matrix gives the first three; `dubbel` is the same unit twice, `onbekend` a pair
that the matrix does not have."""

_CITED = ("document", "annex", "programme", "keuze")
_REMEDY = "Verbeter de matrix van combinaties, of gebruik die van de plugin."


@dataclass(frozen=True)
class Combination:
    """An entry of the matrix; `condition` is there for `voorwaarde` only, `source` None where nobody is cited."""

    id: str
    judgement: str
    condition: str | None
    reason: str
    source: str | None


@dataclass(frozen=True)
class Matrix:
    """The entries, and for each pair of `units` (sorted codes) the row of its entry in `table`, -1 where there is none.

    The table is symmetric. `labels` holds what readers call each unit.
    """

    id: str
    release: str
    digest: str
    tolerance: Tolerance
    entries: tuple[Combination, ...]
    units: tuple[str, ...]
    labels: Mapping[str, str]
    table: NDArray[np.int64]

    def entry_rows(self, first: NDArray[np.object_], second: NDArray[np.object_]) -> NDArray[np.int64]:
        """The row of the entry for each pair of legend units (codes); -1 where the matrix has none."""
        columns, known_first = self._places(first)
        others, known_second = self._places(second)
        rows = self.table[columns, others]
        rows[~(known_first & known_second)] = -1
        return rows

    def _places(self, codes: NDArray[np.object_]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        units = np.array(self.units)
        texts = codes.astype(str)
        places = np.minimum(np.searchsorted(units, texts), len(units) - 1)
        return places, units[places] == texts


def read_combinations(path: Path = COMBINATIONS) -> Matrix:
    """Read a matrix of combinations; without a path the one of the plugin.

    An entry that names a legend unit goes before one that names its group. Raises InputError naming file, line, entry,
    field and remedy for an unknown group or unit, an id that occurs twice, and two entries that are equally specific
    and contradict each other.
    """
    content = read_json(path, "combinations")
    words = vocabulary()
    _refuse_unknown(path, content["entries"], words)
    units = tuple(sorted(words.units))
    entries = tuple(_combination(entry) for entry in content["entries"])
    weights = [_weights(entry, units, words) for entry in content["entries"]]
    best = np.max(weights, axis=0, initial=0) if weights else np.zeros((len(units), len(units)), dtype=np.int64)
    table = np.full(best.shape, -1, dtype=np.int64)
    for row, weight in enumerate(weights):
        claimed = (weight == best) & (weight > 0)
        _refuse_contradiction(path, entries, row, np.where(claimed, table, -1), units)
        table[claimed & (table < 0)] = row
    return Matrix(
        id=content["id"],
        release=content["release"],
        digest=f"sha256:{file_digest(path)}",
        tolerance=Tolerance(**content["tolerance"]),
        entries=entries,
        units=units,
        labels=words.labels,
        table=table,
    )


def _combination(entry: Mapping[str, Any]) -> Combination:
    condition, cited = entry["condition"], entry["citation"]
    return Combination(
        id=entry["id"],
        judgement=entry["judgement"],
        condition=condition["nl"] if condition else None,
        reason=entry["reason"]["nl"],
        source=str(Citation(*(cited[name] for name in _CITED))) if cited else None,
    )


def _weights(entry: Mapping[str, Any], units: Sequence[str], words: Vocabulary) -> NDArray[np.int64]:
    """How specifically an entry speaks about each pair of units: 0 not at all, 1 by groups, 2 or 3 where one or both
    sides name the unit itself. Symmetric; of a unit with itself no entry speaks: that is drawn twice."""
    first, second = (_side(entry[side], units, words) for side in ("first", "second"))
    weight = np.where((first[:, None] > 0) & (second[None, :] > 0), first[:, None] + second[None, :] - 1, 0)
    result: NDArray[np.int64] = np.maximum(weight, weight.T)
    np.fill_diagonal(result, 0)
    return result


def _side(side: Mapping[str, Any], units: Sequence[str], words: Vocabulary) -> NDArray[np.int64]:
    """For each unit: 2 when the side names it, 1 when one of its groups does, 0 otherwise."""
    grouped = frozenset().union(*(words.groups[group] for group in side["groups"]))
    named = frozenset(side["legend"])
    return np.array([2 if unit in named else int(unit in grouped) for unit in units], dtype=np.int64)


def _refuse_unknown(path: Path, entries: Sequence[Mapping[str, Any]], words: Vocabulary) -> None:
    seen: set[str] = set()
    for number, entry in enumerate(entries):
        if entry["id"] in seen:
            raise InputError("dit id komt twee keer voor.", _REMEDY, path, row=entry["id"], field="id")
        seen.add(entry["id"])
        for side in ("first", "second"):
            for field, known in (("groups", words.groups), ("legend", words.units)):
                for place, code in enumerate(entry[side][field]):
                    if code not in known:
                        line = json_line(path, ["entries", number, side, field, place])
                        remedy = f"Toegestaan: {', '.join(sorted(known))}."
                        said = f"{code!r} is hier niet bekend."
                        raise InputError(said, remedy, path, row=entry["id"], field=f"{side}.{field}", line=line)


def _refuse_contradiction(
    path: Path, entries: Sequence[Combination], row: int, earlier: NDArray[np.int64], units: Sequence[str]
) -> None:
    """Refuse an entry that says something else of a pair than an equally specific one: `earlier` holds its row."""
    for other in np.unique(earlier[earlier >= 0]).tolist():
        one, two = entries[row], entries[other]
        if (one.judgement, one.condition) != (two.judgement, two.condition):
            first, second = (units[place] for place in np.argwhere(earlier == other)[0].tolist())
            said = f"zegt van {first} met {second} iets anders dan {two.id}, dat even nauwkeurig is."
            remedy = "Noem in één van beide de legenda-eenheid zelf, of maak ze gelijk."
            raise InputError(said, remedy, path, row=one.id, line=json_line(path, ["entries", row]))
