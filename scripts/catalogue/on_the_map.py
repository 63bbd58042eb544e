"""Examples for the kinds that ask on what ground a feature lies."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from novex_plugin.core.dutch import quantity
from scripts.catalogue.agreed import agreed
from scripts.catalogue.plots import SIDE, Plot, plot
from scripts.catalogue.setting import Pair, Setting, Told, form_of, names_of, open_values, usual_first

GAP = 100.0
"""How far (m) the objects lie from a feature that is not on them."""

SHARE = 50.0
LEVEL = 50.0
STEP = 10.0
"""Values (%, cm) for parameters that a source leaves open, and how far a level lies from its limit."""


def off_the_object(setting: Setting) -> Pair:
    """For a kind that wants features off the object: one beside it, and one that lies on it for a half."""
    ground = setting.plot()
    together = setting.rule.combine == "all"
    slots = setting.rule.slots if together else setting.rule.slots[:1]
    beside = {slot: (ground.beside(form_of(slot), GAP),) for slot in slots}
    said = f"ligt op {quantity(GAP, 'm')} van {names_of(slots)}"
    if together:
        beside |= {slots[0]: (ground.covering(form_of(slots[0])),)}
        said = f"ligt wel in {names_of(slots[:1])}, maar op {quantity(GAP, 'm')} van {names_of(slots[1:])}"
    halfway = {slot: (ground.half(form_of(slot)),) for slot in slots}
    return (
        Told(setting.scene(ground, beside), f"{setting.a_subject(ground)} {said}."),
        Told(setting.scene(ground, halfway), f"{setting.same_subject()} {lies_half(ground, slots)}."),
    )


def on_the_object(setting: Setting) -> Pair:
    """For require-inside: a feature that lies wholly on the object, and one that lies on it for a half (or, where the
    rule asks for a share of all features together, for half that share)."""
    ground, slot = setting.plot(), setting.rule.slots[0]
    inside = {slot: (ground.covering(form_of(slot)),)}
    halfway = {slot: (ground.half(form_of(slot)),)}
    if ground.form == "punt":
        halfway = {slot: (ground.beside(form_of(slot), GAP),)}
    said = f"ligt maar voor {_half(ground)} in {names_of((slot,))}"
    if "share_pct" in setting.rule.parameters:
        asked = setting.value("share_pct") or SHARE
        setting = replace(setting, values=open_values(setting, share_pct=SHARE))
        share = round(asked / 2)
        halfway = {slot: (_western(ground, share / 100),)}
        said = f"ligt voor {share}% in {names_of((slot,))}; gevraagd is {quantity(asked, '%')} van alle plannen samen"
    return (
        Told(setting.scene(ground, inside), f"{setting.a_subject(ground)} ligt geheel in {names_of((slot,))}."),
        Told(setting.scene(ground, halfway), f"{setting.same_subject()} {said}."),
    )


def by_size(setting: Setting) -> Pair:
    """For size-threshold: a feature above the threshold wholly on the object, and one that sticks out."""
    least = float(setting.value("threshold_ha"))
    return on_the_object(replace(setting, hectares=least + 1))


def apart_from_uses(setting: Setting) -> Pair:
    """For compatibility: a use that goes with the object, and one that does not."""
    units = setting.value("incompatible") or (setting.unit,)
    setting = replace(setting, values=open_values(setting, incompatible=units))
    wrong = replace(setting, unit=_use(setting, units, among=True))
    fitting = replace(setting, unit=_use(setting, units, among=False))
    ground, slots = setting.plot(), setting.rule.slots[:1]
    objects = {slot: (ground.half(form_of(slot)),) for slot in slots}
    not_there = f"past daar niet: {lies_half(ground, slots).removeprefix('ligt ')}"
    return (
        Told(fitting.scene(ground, objects), f"{fitting.a_subject(ground)} {lies_half(ground, slots)} en past daar."),
        Told(wrong.scene(ground, objects), f"{wrong.a_subject(ground)} ligt op dezelfde plek en {not_there}."),
    )


def at_a_level(setting: Setting) -> Pair:
    """For level: ground with a level within the limits, and ground of which half has a level beyond them."""
    opened = dict.fromkeys(setting.rule.parameters, LEVEL)
    setting = replace(setting, values=open_values(setting, **opened))
    least, most = setting.value("minimum_cm"), setting.value("maximum_cm")
    good = least + STEP if most is None else most - STEP if least is None else (least + most) / 2
    bad = least - STEP if least is not None else most + STEP
    ground, (slot,) = setting.plot(), setting.rule.slots
    whole, half = ground.covering("vlak"), ground.half("vlak")
    named = names_of((slot,))
    sound = setting.scene(ground, {slot: (whole,)}, levels={slot: (good,)})
    wrong = setting.scene(ground, {slot: (whole.difference(half), half)}, levels={slot: (good, bad)})
    worse = f"heeft voor {_half(ground)} een peil van {quantity(bad, 'cm')}"
    return (
        Told(sound, f"{setting.a_subject(ground)}; {named} is daar overal {quantity(good, 'cm')}."),
        Told(wrong, f"{setting.same_subject()} {worse} in {named}."),
    )


def lies_half(ground: Plot, slots: tuple[str, ...]) -> str:
    """In words, how a plot lies on the objects that cover the half of it."""
    form, names = form_of(slots[0]), names_of(slots)
    if form == "punt":
        return f"heeft een punt van {names} binnen zijn grens" if ground.form == "vlak" else f"valt samen met {names}"
    if ground.form == "punt":
        return f"ligt in {names}" if form == "vlak" else f"ligt op {names}"
    if form == "lijn":
        way = "wordt over {} doorsneden door {}" if ground.form == "vlak" else "valt over {} samen met {}"
        return way.format(quantity(SIDE / 2, "m"), names)
    return f"ligt voor {_half(ground)} in {names}{' tegelijk' if len(slots) > 1 else ''}"


def _half(ground: Plot) -> str:
    return quantity(ground.hectares / 2, "ha") if ground.form == "vlak" else quantity(ground.width / 2, "m")


def _western(ground: Plot, share: float) -> Any:
    """An object that covers a share of the plot, from the west."""
    return plot("vlak", ground.hectares * share).geometry if ground.height == SIDE else ground.half("vlak")


def _use(setting: Setting, units: tuple[str, ...], among: bool) -> str:
    """The first legend unit of the rule's subject that is, or is not, among these and can be drawn as the subject."""
    found = [unit for unit in usual_first(setting.rule.subject.units) if (unit in units) is among]
    return next(unit for unit in found if setting.form in agreed().units[unit].geometry)
