"""What a pair of functions on the same ground is told as, in one or two Dutch sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.rules.combinations import CONFLICT, DUBBEL, GOED, VOORWAARDE

_ABOUT = ("eerste_legenda", "tweede_legenda", "eerste_rol", "tweede_rol", "oordeel", "opgegeven", "combinatie")
_HINT = " Leg deze combinatie vast in het veld meervoudig."
_UNSURE = " Is dit zo bedoeld, leg de combinatie dan vast in het veld meervoudig."


def told(columns: Mapping[str, NDArray[Any]], labels: Mapping[str, str]) -> NDArray[np.object_]:
    """The message of each pair; `columns` are those of the pairs, `labels` names of legend units."""
    made: dict[tuple[Any, ...], str] = {}
    keys = list(zip(*(columns[name].tolist() for name in _ABOUT), strict=True))
    texts = zip(columns["voorwaarde"].tolist(), columns["reden"].tolist(), strict=True)
    result = np.empty(len(keys), dtype=object)
    for row, (key, (condition, reason)) in enumerate(zip(keys, texts, strict=True)):
        if key not in made:
            made[key] = _message(dict(zip(_ABOUT, key, strict=True)), condition, reason, labels)
        result[row] = made[key]
    return result


def _message(pair: Mapping[str, Any], condition: str | None, reason: str | None, labels: Mapping[str, str]) -> str:
    one, two = (labels.get(pair[name], pair[name]) for name in ("eerste_legenda", "tweede_legenda"))
    both = f"{one} met {two if two[1:2].isupper() else two[:1].lower() + two[1:]}"
    undeclared = pair["opgegeven"] == "geen"
    texts = {
        GOED: f"{both}: gaat goed samen. {reason}{_HINT if undeclared else ''}",
        VOORWAARDE: f"{both}: kan samen, op voorwaarde dat {condition}. {reason}{_UNSURE if undeclared else ''}",
        CONFLICT: f"{both}: gaat niet samen. {reason}",
        DUBBEL: _double(one, pair),
    }
    return texts.get(pair["oordeel"], f"{both}: de matrix zegt hier niets over. Beoordeel deze combinatie zelf.")


def _double(unit: str, pair: Mapping[str, Any]) -> str:
    if pair["tweede_rol"] is None:
        return f"{unit}: noemt in het veld meervoudig de eigen functie. Haal die code daar weg."
    if pair["eerste_rol"] == pair["tweede_rol"]:
        return f"{unit}: twee keer getekend op dezelfde grond. Voeg de objecten samen of begrens ze."
    roles = f"één keer als {pair['eerste_rol']}, één keer als {pair['tweede_rol']}"
    return f"{unit}: twee keer getekend op dezelfde grond, {roles}. Let op dat bijdragen niet dubbel tellen."
