"""For every rule an example that meets it, one that breaks it, and one for each exception that the data tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.rules.model import NIET_VAN_TOEPASSING, OVERTREEDT, VOLDOET, Catalogue, Exemption, Rule
from scripts.catalogue.amounts import at_least, at_most, kept_free, no_loss
from scripts.catalogue.near_and_far import away_from, close_to, within_reach
from scripts.catalogue.on_the_map import apart_from_uses, at_a_level, by_size, off_the_object, on_the_object
from scripts.catalogue.recorded import answered, on_a_ladder, with_an_attribute
from scripts.catalogue.scene import judged
from scripts.catalogue.setting import Pair, Setting, Told, form_of, setting_of, slot_label, unit_label

MAKERS: Mapping[str, Callable[[Setting], Pair]] = {
    "area-balance": no_loss,
    "avoid-unless": off_the_object,
    "compatibility": apart_from_uses,
    "coverage": within_reach,
    "level": at_a_level,
    "max-share": at_most,
    "min-share": at_least,
    "prefer-order": on_a_ladder,
    "prohibit-inside": off_the_object,
    "prohibit-within-distance": away_from,
    "require-attribute": with_an_attribute,
    "require-inside": on_the_object,
    "require-within-distance": close_to,
    "reserve": kept_free,
    "size-threshold": by_size,
    "statement": answered,
}
"""The maker of the examples of each kind."""

_AREAS = {"area-balance", "compatibility", "level", "max-share", "min-share", "reserve", "size-threshold"}
"""Kinds that are shown with a polygon."""


@dataclass(frozen=True)
class Example:
    """A scene, what it shows (in Dutch), and the outcome that it is to have; `exemption` is the exception it shows."""

    rule: Rule
    catalogue: Catalogue
    told: Told
    expected: str
    exemption: Exemption | None = None

    def outcome(self) -> RuleOutcome:
        """What the check finds."""
        return judged(self.rule, self.catalogue, self.told.scene)


def examples_of(rule: Rule, catalogue: Catalogue) -> tuple[Example, ...]:
    """The example that passes, the one that does not, and those of the exceptions, in this order.

    Raises ValueError, saying why, when a rule cannot be shown.
    """
    make, only = MAKERS[rule.kind], "vlak" if _wants_area(rule) else None
    good, bad = make(setting_of(rule, only=only))
    shown = [Example(rule, catalogue, good, VOLDOET), Example(rule, catalogue, bad, OVERTREEDT)]
    for exemption in rule.exemptions:
        if exemption.told_by_data:
            told = _excepted(rule, exemption, make, bad)
            whole = rule.kind in _AREAS  # without subjects the variant as a whole still passes
            expected = VOLDOET if whole and exemption.subject else NIET_VAN_TOEPASSING
            shown.append(Example(rule, catalogue, told, expected, exemption))
    return tuple(shown)


def _wants_area(rule: Rule) -> bool:
    return rule.kind in _AREAS or rule.subject.size_ha is not None


def _excepted(rule: Rule, exemption: Exemption, make: Callable[[Setting], Pair], bad: Told) -> Told:
    """The fault, drawn as what the exception lets go and on the ground where it does."""
    text = []
    if exemption.subject is not None:
        setting = setting_of(rule, exemption.subject)
        bad = make(setting)[1]
        text.append(f"getekend als ‘{unit_label(setting.unit)}’")
    scene = bad.scene
    if exemption.slots:
        slot = exemption.slots[0]
        ground = setting_of(rule).plot()
        scene = replace(scene, objects=dict(scene.objects) | {slot: (ground.covering(form_of(slot)),)})
        text.append(f"geheel in ‘{slot_label(slot)}’")
    return Told(scene, f"Als de fout, maar {' en '.join(text)}.")
