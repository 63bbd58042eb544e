"""Examples for the kinds that read what is recorded about a feature: a step, a field, a contribution, an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from novex_plugin.core.dutch import quantity
from scripts.catalogue.agreed import agreed
from scripts.catalogue.on_the_map import lies_half
from scripts.catalogue.plots import Plot
from scripts.catalogue.setting import FIRST, Pair, Setting, Told, form_of, open_values

STEPS = ("eerste keus", "tweede keus")
"""Steps of a ladder that the source does not spell out."""

TEXTS = {"toelichting": "Waarom dit hier komt.", "naam": "Voorbeeld", "bron": "Omgevingsvisie", "start_jaar": 2030}
AMOUNT = 20.0
AMOUNTS = {"GVE/ha": 0.8, "miljoen m3/jaar": 2.0}
"""What a feature contributes: to most indicators, and where twenty would be out of proportion."""


def on_a_ladder(setting: Setting) -> Pair:
    """For prefer-order: the first step, and the last without a reason."""
    setting = replace(setting, values=open_values(setting, order=STEPS))
    order, ground = setting.value("order"), setting.plot()
    told: list[Told] = []
    for step in (1, len(order)):
        subject = setting.same_subject() if told else setting.a_subject(ground)
        if "field" in setting.rule.parameters:
            scene, where = setting.scene(ground, {}, fields={"trede": step}), "het veld trede"
        else:
            row = _statement(setting.rule.id, FIRST, str(step))
            scene, where = setting.scene(ground, {}, statements=(row,)), f"de verklaring {setting.rule.id}"
        bare = "" if step == 1 else ", zonder reden"
        told.append(Told(scene, f"{subject} staat in {where} op trede {step} ({order[step - 1]}){bare}."))
    return told[0], told[1]


def with_an_attribute(setting: Setting) -> Pair:
    """For require-attribute: the field filled or the contribution there, and neither."""
    ground = setting.plot()
    objects, where = _asked(setting, ground)
    subject = f"{setting.a_subject(ground)}{where}"
    indicator = setting.value("indicator")
    if indicator:
        found = agreed().indicator[str(indicator)]
        amount = ground.hectares if found.unit == "ha" else AMOUNTS.get(found.unit, AMOUNT)
        row = {"id": "bijdrage-1", "kenmerk": FIRST, "indicator": found.id, "waarde": amount, "eenheid": found.unit}
        scene = setting.scene(ground, objects, contributions=(row | {"jaar": 2030},))
        row_of = f"rij voor ‘{found.label.nl}’"
        told = f"{subject} heeft in de tabel bijdrage een {row_of} ({quantity(amount, found.unit)})."
        return Told(scene, told), Told(setting.scene(ground, objects), f"{setting.same_subject()} heeft geen {row_of}.")
    field, allowed = str(setting.value("field")), setting.value("allowed")
    good, bad = _filled(setting, field, allowed)
    wrong = f"heeft in het veld {field}: {bad}" if bad else f"heeft een leeg veld {field}"
    return (
        Told(setting.scene(ground, objects, fields={field: good}), f"{subject} heeft in het veld {field}: {good}."),
        Told(setting.scene(ground, objects, fields={field: bad}), f"{setting.same_subject()} {wrong}."),
    )


def answered(setting: Setting) -> Pair:
    """For statement: the answers yes and no, of the feature or of the proposal as a whole."""
    ground, asked = setting.plot(), str(setting.value("statement"))
    objects, where = _asked(setting, ground)
    whole = setting.value("scope") == "voorstel"
    yes, no = (
        setting.scene(ground, objects, statements=(_statement(asked, None if whole else FIRST, answer),))
        for answer in ("ja", "nee")
    )
    subject = "Voor het hele voorstel" if whole else f"{setting.a_subject(ground)}{where.removesuffix(' en')}:"
    order = f"is de verklaring {asked}" if whole else f"de verklaring {asked} is"
    return (
        Told(yes, f"{subject} {order} met ja beantwoord."),
        Told(no, "Dezelfde verklaring is met nee beantwoord."),
    )


def _asked(setting: Setting, ground: Plot) -> tuple[dict[str, Any], str]:
    """The objects of a rule that asks only the features that lie on them, and these words."""
    slots = setting.rule.slots[:1]
    objects = {slot: (ground.half(form_of(slot)),) for slot in slots}
    return objects, f" {lies_half(ground, slots)} en" if slots else ""


def _filled(setting: Setting, field: str, allowed: tuple[str, ...] | None) -> tuple[Any, Any]:
    """A value that will do for a field, and one that will not: another code, or nothing."""
    agreement = agreed()
    if allowed:
        others = (
            [code for code in agreement.codes(field) if code not in allowed] if field in agreement.code_lists else []
        )
        return allowed[0], others[0] if others else None
    if field == "meervoudig":
        return next(unit.code for unit in agreement.legend if unit.code != setting.unit), None
    if field in agreement.code_lists:
        return agreement.codes(field)[0], None
    return TEXTS[field], None


def _statement(name: str, feature: str | None, answer: str) -> dict[str, Any]:
    return {"id": f"verklaring-{name}", "kenmerk": feature, "verklaring": name, "waarde": answer, "toelichting": None}
