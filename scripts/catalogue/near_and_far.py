"""Examples for the kinds that ask how far a feature lies from something."""

from __future__ import annotations

from dataclasses import replace

from novex_plugin.core.dutch import quantity
from scripts.catalogue.agreed import agreed
from scripts.catalogue.setting import FORMS, Pair, Setting, Told, form_of, names_of, open_values, unit_label

DISTANCE = 500.0
"""Distance (m) for a rule whose source gives none."""


def away_from(setting: Setting) -> Pair:
    """For prohibit-within-distance: one feature half as far again as it has to be, and one at half the distance."""
    far, near = _at_distances(setting, 1.5, 0.5)
    return far, near


def close_to(setting: Setting) -> Pair:
    """For require-within-distance: one feature at half the distance, and one half as far again."""
    near, far = _at_distances(setting, 0.5, 1.5)
    return near, far


def within_reach(setting: Setting) -> Pair:
    """For coverage: a feature that lies wholly within reach, and one of which a half does not, or the whole where the
    supply is a point."""
    setting = replace(setting, values=open_values(setting, distance_m=DISTANCE))
    distance, ground = float(setting.value("distance_m")), setting.plot()
    slots, supply = setting.rule.slots, setting.value("supply")
    form = form_of(slots[0]) if slots else _supplied_as(supply[0])
    straight = form == "vlak"
    gap = distance - ground.width / 2 if straight else distance * 1.5
    near, far = ground.beside(form, distance / 5), ground.beside(form, gap)
    if slots:
        scenes = [setting.scene(ground, {slots[0]: (each,)}) for each in (near, far)]
        what = names_of(slots[:1])
    else:
        scenes = [setting.scene(ground, {}, setting.other(supply[0], each)) for each in (near, far)]
        what = f"een getekend {form} ‘{unit_label(supply[0])}’"
    reach, asked = quantity(distance, "m"), f"{setting.a_subject(ground)} ligt"
    short = f"voor {quantity(ground.hectares / 2, 'ha')} verder dan {reach}" if straight else f"op {quantity(gap, 'm')}"
    return (
        Told(scenes[0], f"{asked} geheel binnen {reach} van {what}."),
        Told(scenes[1], f"{setting.same_subject()} ligt {short} van {what}."),
    )


def _at_distances(setting: Setting, *shares: float) -> tuple[Told, ...]:
    """The subject at shares of the distance; the first of them introduces it."""
    setting = replace(setting, values=open_values(setting, distance_m=DISTANCE))
    ground, slot = setting.plot(), setting.rule.slots[0]
    told: list[Told] = []
    for share in shares:
        gap = float(setting.value("distance_m")) * share
        subject = setting.same_subject() if told else setting.a_subject(ground)
        text = f"{subject} ligt op {quantity(gap, 'm')} van {names_of((slot,))}."
        told.append(Told(setting.scene(ground, {slot: (ground.beside(form_of(slot), gap),)}), text))
    return tuple(told)


def _supplied_as(unit: str) -> str:
    """As what a legend unit that supplies is drawn first."""
    allowed = agreed().units[unit].geometry
    return next(form for form in FORMS if form in allowed)
