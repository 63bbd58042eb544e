"""Examples for the kinds that measure an area or a share of all features together."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import shapely

from novex_plugin.core.dutch import quantity
from scripts.catalogue.agreed import agreed
from scripts.catalogue.near_and_far import DISTANCE
from scripts.catalogue.on_the_map import GAP, SHARE
from scripts.catalogue.plots import Plot, plot
from scripts.catalogue.setting import FIRST, Pair, Setting, Told, form_of, names_of, open_values, unit_label

ROOM, STRIP = 10.0, 1.0
"""Area (ha) to reserve where the source gives none: anywhere, and within a distance of an object."""

OBJECT = 100.0
TOTAL = 200.0
YEAR = 2030
"""Area (ha) of an object of which a share is asked, and the amount and year of the contributions."""


def kept_free(setting: Setting) -> Pair:
    """For reserve: a fifth more than the area that is asked, and half of it."""
    by_distance = "distance_m" in setting.rule.parameters
    setting = replace(setting, values=open_values(setting, area_ha=STRIP if by_distance else ROOM, distance_m=DISTANCE))
    asked, slots = float(setting.value("area_ha")), setting.rule.slots[:1]
    told: list[Told] = []
    for share in (1.2, 0.5):
        ground = setting.plot(asked * share)
        objects = {slot: (ground.covering(form_of(slot)),) for slot in slots}
        where = f", in {names_of(slots)}" if slots else ""
        if by_distance:
            distance = float(setting.value("distance_m"))
            objects = {slot: (ground.beside(form_of(slot), distance / 5),) for slot in slots}
            where = f", binnen {quantity(distance, 'm')} van {names_of(slots)}"
        text = f"{setting.a_subject(ground)}{where}; gevraagd is {quantity(asked, 'ha')}."
        told.append(Told(setting.scene(ground, objects), text))
    return told[0], told[1]


def at_least(setting: Setting) -> Pair:
    """For min-share: a fifth more than the share that is asked, and half of it."""
    setting = replace(setting, values=open_values(setting, share_pct=SHARE))
    asked = float(setting.value("share_pct"))
    return _share(setting, min(100.0, float(round(asked * 1.2, 1)))), _share(setting, float(round(asked / 2, 1)))


def at_most(setting: Setting) -> Pair:
    """For max-share: half of the share that is allowed, and a fifth more."""
    sufficient, short = at_least(setting)
    return short, sufficient


def no_loss(setting: Setting) -> Pair:
    """For area-balance: what is lost comes back elsewhere (or, where nothing can make up for it, nothing is lost), and
    the loss of a hectare alone."""
    setting = replace(setting, values=open_values(setting, loss_ha=0.0))
    ground, slots = setting.plot(), setting.rule.slots
    used = slots if setting.rule.combine == "all" else slots[:1]
    lost = {slot: (ground.covering(form_of(slot)),) for slot in used}
    named, subject = names_of(used), setting.a_subject(ground)
    where = f"{named} tegelijk" if len(used) > 1 else named
    loss = f"neemt {quantity(ground.hectares, 'ha')} in van {where}"
    bare = Told(setting.scene(ground, lost), f"{setting.same_subject()} {loss}, zonder dat er iets voor terugkomt.")
    units = setting.value("compensation")
    if units:
        unit = next(each for each in units if "vlak" in agreed().units[each].geometry)
        new = shapely.transform(ground.geometry, lambda points: np.add(points, (0.0, 5 * GAP)))
        text = f"{subject} {loss}; elders komt {quantity(ground.hectares, 'ha')} ‘{unit_label(unit)}’ terug."
        return Told(setting.scene(ground, lost, setting.other(unit, new)), text), bare
    beside = {slot: (ground.beside(form_of(slot), GAP),) for slot in used}
    return Told(setting.scene(ground, beside), f"{subject} ligt op {quantity(GAP, 'm')} van {named}."), bare


def _share(setting: Setting, share: float) -> Told:
    return _of_indicators(setting, share) if "part" in setting.rule.parameters else _of_object(setting, share)


def _of_object(setting: Setting, share: float) -> Told:
    """A part of one object, drawn as the subject."""
    whole, slot = plot("vlak", OBJECT), setting.rule.slots[0]
    part = Plot("vlak", whole.width * share / 100, whole.height)
    text = f"{setting.a_subject(part)} beslaat {quantity(share, '%')} van een gebied van {quantity(OBJECT, 'ha')}"
    return Told(setting.scene(part, {slot: (whole.geometry,)}), f"{text} uit {names_of((slot,))}.")


def _of_indicators(setting: Setting, share: float) -> Told:
    """Contributions of one feature to both indicators; a part that is itself a share stands in %."""
    indicators = agreed().indicator
    part, whole = (indicators[str(setting.value(name))] for name in ("part", "whole"))
    ground = setting.plot(OBJECT if whole.unit == "ha" else None)
    total = OBJECT if whole.unit == "ha" else TOTAL
    amount = share if part.unit == "%" else total * share / 100
    rows = tuple(_contribution(*row) for row in ((1, part, amount), (2, whole, total)))
    said = [f"‘{each.label.nl}’ {quantity(value, each.unit)}" for each, value in ((whole, total), (part, amount))]
    text = f"{setting.a_subject(ground)} met als bijdragen {' en '.join(said)}."
    return Told(setting.scene(ground, {}, contributions=rows), text)


def _contribution(number: int, indicator: Any, amount: float) -> dict[str, Any]:
    values = {"indicator": indicator.id, "waarde": amount, "eenheid": indicator.unit, "jaar": YEAR}
    return {"id": f"bijdrage-{number}", "kenmerk": FIRST} | values
