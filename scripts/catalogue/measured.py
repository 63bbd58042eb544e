"""What a rule measures, told from its kind, its parameters and its datasets, in Dutch."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from novex_plugin.core.rules.model import Rule
from scripts.catalogue.agreed import agreed
from scripts.catalogue.setting import form_of
from scripts.catalogue.words import code

_SIZE = "(ha, m of aantal)"


def measured(rule: Rule) -> str:
    """What stands as measured in a finding of this rule."""
    return _TELLERS[rule.kind](rule)


def _inside(rule: Rule) -> str:
    told = {
        "vlak": f"het deel dat in het gebied ligt {_SIZE}",
        "lijn": "de lengte van de lijn binnen een vlak of samen met een lijn (m), of het aantal kruisingen",
        "punt": "het aantal punten binnen het object",
    }
    return ", of ".join(told[form] for form in dict.fromkeys(form_of(slot) for slot in rule.slots))


def _near(rule: Rule) -> str:
    return "de kleinste afstand van ieder object (m)"


def _outside(rule: Rule) -> str:
    if "share_pct" in rule.parameters:
        return "het aandeel van alle objecten samen dat in het gebied ligt (%)"
    return f"het deel dat buiten het gebied ligt {_SIZE}"


def _far(rule: Rule) -> str:
    if "share_pct" in rule.parameters:
        return "het aandeel van alle objecten samen dat binnen de afstand ligt (%)"
    return "de afstand van ieder object tot het dichtstbijzijnde (m)"


def _reserved(rule: Rule) -> str:
    where = (
        " in het gebied of binnen de afstand ervan"
        if "distance_m" in rule.parameters
        else " in het gebied"
        if rule.slots
        else ""
    )
    return f"de oppervlakte van alle objecten samen{where} (ha)"


def _step(rule: Rule) -> str:
    field = "het veld `trede` of " if "field" in rule.parameters else ""
    return f"het nummer van de trede, in {field}de verklaring {code(rule.id)}"


def _share(rule: Rule) -> str:
    if "part" not in rule.parameters:
        return "het aandeel van elk gebied dat de objecten samen beslaan (%)"
    part, whole = (agreed().indicator[str(rule.parameters[name].value)] for name in ("part", "whole"))
    if part.unit == "%":
        return f"‘{part.label.nl}’, gewogen met ‘{whole.label.nl}’, over alle bijdragen samen (%)"
    return f"‘{part.label.nl}’ als deel van ‘{whole.label.nl}’, over alle bijdragen samen (%)"


def _lost(rule: Rule) -> str:
    back = ", min wat er elders voor terugkomt" if "compensation" in rule.parameters else ""
    return f"wat alle objecten samen van het gebied innemen{back} (ha)"


def _unfitting(rule: Rule) -> str:
    return f"het deel van de functies die er niet samengaan dat in het gebied ligt {_SIZE}"


def _unreached(rule: Rule) -> str:
    if "share_pct" in rule.parameters:
        return "het aandeel van alle objecten samen dat binnen de afstand van een voorziening ligt (%)"
    return f"het deel dat verder dan de afstand van een voorziening ligt {_SIZE}"


def _large(rule: Rule) -> str:
    return "het deel van vlakken vanaf de oppervlakte dat buiten het gebied ligt (ha)"


def _level(rule: Rule) -> str:
    wrong = {"minimum_cm": "te laag", "maximum_cm": "te hoog"}
    return f"het deel waar het peil {' of '.join(text for name, text in wrong.items() if name in rule.parameters)} is"


def _attribute(rule: Rule) -> str:
    there = " (alleen van objecten die daar liggen)" if rule.slots else ""
    if "indicator" in rule.parameters:
        return f"of het object een rij heeft in de tabel `bijdrage`, voor de indicator{there}"
    field = code(str(rule.parameters["field"].value))
    filled = "een van de toegestane waarden heeft" if "allowed" in rule.parameters else "is ingevuld"
    return f"of het veld {field} {filled}{there}"


def _answer(rule: Rule) -> str:
    there = ", alleen van objecten die daar liggen" if rule.slots else ""
    return f"het antwoord in de tabel `verklaring`{there}"


_TELLERS: Mapping[str, Callable[[Rule], str]] = {
    "area-balance": _lost,
    "avoid-unless": _inside,
    "compatibility": _unfitting,
    "coverage": _unreached,
    "level": _level,
    "max-share": _share,
    "min-share": _share,
    "prefer-order": _step,
    "prohibit-inside": _inside,
    "prohibit-within-distance": _near,
    "require-attribute": _attribute,
    "require-inside": _outside,
    "require-within-distance": _far,
    "reserve": _reserved,
    "size-threshold": _large,
    "statement": _answer,
}
