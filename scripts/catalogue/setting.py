"""Where a rule can be shown: a legend unit, fields and a province that its subject and its field of application ask."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from novex_plugin.core.dutch import quantity
from novex_plugin.core.rules.model import Rule, SubjectFilter, Value
from novex_plugin.core.rules.vocabulary import vocabulary
from scripts.catalogue.agreed import agreed
from scripts.catalogue.plots import Plot, plot
from scripts.catalogue.scene import Drawn, Scene

FORMS = ("vlak", "lijn", "punt")
FIRST, SECOND = "voorbeeld-1", "voorbeeld-2"
FAR = 10_000.0
"""How far away (m) the objects lie that have no part in an example."""

_SECONDARY = {"klimaatbuffer", "veen_vernatting", "landbouw_natuurinclusief"}

USUAL_PROVINCE = "PV25"
USUAL_DAY = date(2026, 11, 20)
USUAL_YEAR = 2030


@dataclass(frozen=True)
class Told:
    """A scene and what it shows, in Dutch."""

    scene: Scene
    text: str


Pair = tuple[Told, Told]
"""What meets a rule, and what breaks it."""


@dataclass(frozen=True)
class Setting:
    """A rule with a feature that it speaks about: a legend unit drawn as `form`, with `fields`, of `hectares`; `values`
    are examples for parameters that the source leaves open."""

    rule: Rule
    unit: str
    form: str
    fields: Mapping[str, Any]
    hectares: float
    province: str
    values: Mapping[str, Value]

    def value(self, name: str) -> Any:
        """The value of a parameter: that of the source, otherwise the example; None where the rule has no such one."""
        parameter = self.rule.parameters.get(name)
        return None if parameter is None else self.values.get(name, parameter.value)

    def plot(self, hectares: float | None = None) -> Plot:
        """The plot of the subject."""
        return plot(self.form, self.hectares if hectares is None else hectares)

    def drawn(self, ground: Plot, **fields: Any) -> Drawn:
        """The subject, drawn on a plot."""
        return Drawn(FIRST, ground.geometry, dict(self.fields) | {"legenda": self.unit} | fields)

    def other(self, unit: str, geometry: Any) -> Drawn:
        """Another feature, of another legend unit."""
        fields = {"rol": "nieuw", "precisie": "concreet", "status": "idee", "provincie": self.province}
        return Drawn(SECOND, geometry, fields | {"legenda": unit})

    def scene(self, ground: Plot, objects: Mapping[str, Sequence[Any]], *others: Drawn, **values: Any) -> Scene:
        """A scene with the subject on a plot and objects by slot; slots that are not named lie far away, and the plot
        lies wholly within the area where the rule holds. `fields` change the subject, other values the scene."""
        subject = self.drawn(ground, **values.pop("fields", {}))
        read = [*self.rule.slots, *(slot for each in self.rule.exemptions for slot in each.slots)]
        place = {slot: (ground.beside(form_of(slot), FAR),) for slot in read}
        place |= {slot: (ground.covering(form_of(slot)),) for slot in self.rule.area_slots}
        scene = Scene(self.province, (subject, *others), place | dict(objects), values=self.values)
        days = (self.rule.from_date, USUAL_DAY if self.rule.until_date is None else self.rule.until_date)
        today = max(day for day in days if day is not None)
        return replace(scene, ijkmoment=self.rule.from_ijkmoment, today=today, **values)

    def a_subject(self, ground: Plot) -> str:
        """The subject as it is introduced: `Een vlak ‘Woningbouw’ van 1,0 ha`, with what makes the rule speak of it."""
        size = {"vlak": f" van {quantity(ground.hectares, 'ha')}", "lijn": f" van {quantity(ground.width, 'm')}"}
        return f"Een {ground.form} ‘{unit_label(self.unit)}’{size.get(ground.form, '')}{self._apart()}"

    def same_subject(self) -> str:
        """The subject as it comes back."""
        return {"vlak": "Hetzelfde vlak", "lijn": "Dezelfde lijn", "punt": "Hetzelfde punt"}[self.form]

    def _apart(self) -> str:
        """Fields that are not those of most features, and the area of the rule."""
        agreement, told = agreed(), []
        if self.fields["rol"] != "nieuw":
            told.append(f"rol {agreement.label('rol', self.fields['rol']).nl.lower()}")
        if "start_jaar" in self.fields:
            told.append(f"beginjaar {self.fields['start_jaar']}")
        if "novex_gebied" in self.fields:
            told.append(f"NOVEX-gebied {agreement.label('novex_gebied', self.fields['novex_gebied']).nl}")
        told += [f"gelegen in ‘{slot_label(slot)}’" for slot in self.rule.area_slots[:1]]
        return f" ({', '.join(told)})" if told else ""


def setting_of(rule: Rule, subject: SubjectFilter | None = None, only: str | None = None) -> Setting:
    """The first legend unit that a rule speaks about and that no exception by subject lets go; with `subject` the first
    that falls under that exception. `only` asks for a form (vlak). Raises ValueError when there is none."""
    chosen = subject or rule.subject
    spared = set() if subject else {unit for each in rule.exemptions if each.subject for unit in each.subject.units}
    units = usual_first((chosen.units & rule.subject.units) - spared)
    for form in FORMS if only is None else (only,):
        for unit in units:
            if form in agreed().units[unit].geometry:
                province, area = _where(rule)
                fields = _fields(chosen if subject else rule.subject, province) | area
                return Setting(rule, unit, form, fields, _hectares(rule.subject), province, {})
    raise ValueError(f"{rule.id} speaks about nothing that can be drawn as {only or 'anything'}")


def usual_first(units: Collection[str]) -> list[str]:
    """Legend units in the order of the legend, those last that would surprise as the example of a group."""
    found = [unit.code for unit in agreed().legend if unit.code in units]
    return sorted(found, key=lambda unit: unit in _SECONDARY)


def _where(rule: Rule) -> tuple[str, dict[str, Any]]:
    """A province in which the rule holds, and the field that names its NOVEX area."""
    held = sorted(rule.provinces)
    if not rule.novex_areas:
        return USUAL_PROVINCE if USUAL_PROVINCE in held else held[0], {}
    areas = {code.code: code.provinces for code in agreed().code_lists["novex_gebied"]}
    area, inside = next(
        (area, [province for province in areas[area] if province in held])
        for area in sorted(rule.novex_areas)
        if not areas[area] or set(areas[area]) & set(held)
    )
    return (inside or held)[0], {"novex_gebied": area}


def _fields(subject: SubjectFilter, province: str) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "rol": _preferred(subject.roles, "nieuw"),
        "precisie": _preferred(subject.precisions, "concreet"),
        "status": _preferred(subject.statuses, "idee"),
        "provincie": province,
    }
    if (years := subject.years) is not None:
        usual = max(USUAL_YEAR, years.least or USUAL_YEAR)
        fields["start_jaar"] = int(min(usual, years.most or usual))
    return fields


def _preferred(allowed: frozenset[str], usual: str) -> str:
    return usual if not allowed or usual in allowed else sorted(allowed)[0]


def _hectares(subject: SubjectFilter) -> float:
    size = subject.size_ha
    if size is None:
        return 1.0
    return (size.least or 0.0) + 1.0 if size.most is None else ((size.least or 0.0) + size.most) / 2


def form_of(slot: str) -> str:
    """As what the objects of a slot are drawn."""
    return vocabulary().slots[slot].geometry


def slot_label(slot: str) -> str:
    """What readers call a slot, without the remark that some carry."""
    return vocabulary().slots[slot].nl.partition(";")[0]


def unit_label(unit: str) -> str:
    """What readers call a legend unit."""
    return agreed().units[unit].label.nl


def names_of(slots: Sequence[str]) -> str:
    """The slots as readers call them, one after another."""
    return " en ".join(f"‘{slot_label(slot)}’" for slot in slots)


def open_values(setting: Setting, **values: Any) -> dict[str, Any]:
    """The values that the source leaves open, with an example for each of these that the rule has."""
    parameters = setting.rule.parameters
    unset = {name: value for name, value in values.items() if name in parameters and parameters[name].value is None}
    return dict(setting.values) | unset
