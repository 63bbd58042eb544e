"""All assertions of the profile, put to one record."""

from __future__ import annotations

from dataclasses import dataclass

from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.delivery.profile.about_constraints import SECTION as CONSTRAINTS
from novex_plugin.core.delivery.profile.about_quality import SECTION as QUALITY
from novex_plugin.core.delivery.profile.about_record import SECTION as RECORD
from novex_plugin.core.delivery.profile.about_source import SECTION as DATASET
from novex_plugin.core.delivery.profile.about_values import SECTIONS as VALUES
from novex_plugin.core.delivery.profile.conformity import SECTION as CONFORMITY
from novex_plugin.core.delivery.profile.node import Node
from novex_plugin.core.delivery.profile.online import SECTIONS as ONLINE
from novex_plugin.core.delivery.profile.online_inspire import ADDRESSES, COUPLING
from novex_plugin.core.delivery.profile.section import Assertion, Section

SECTIONS: tuple[Section, ...] = (
    RECORD,
    DATASET,
    CONSTRAINTS,
    QUALITY,
    ADDRESSES,
    *ONLINE,
    CONFORMITY,
    *VALUES,
    COUPLING,
)
ASSERTIONS: tuple[Assertion, ...] = tuple(each for section in SECTIONS for each in section.assertions)
"""In the order of the official Schematron."""


@dataclass(frozen=True)
class Broken:
    """An assertion that does not hold, in `count` places of `among`; `first` is the first of them, from 1."""

    assertion: Assertion
    count: int
    first: int
    among: int

    def __str__(self) -> str:
        """In Dutch: what is wrong, where, and what to do."""
        where = f" ({self.count} keer, eerst bij nummer {self.first})" if self.among > 1 else ""
        return f"{self.assertion.wrong}{where}; {self.assertion.remedy} [{self.assertion.id}]"


def broken_assertions(record: Element) -> list[Broken]:
    """What in a gmd:MD_Metadata does not hold, in the order of the table; each assertion at most once."""
    root = Node(record)
    found = []
    for section in SECTIONS:
        contexts = section.contexts(root)
        for assertion in section.assertions:
            failing = [number for number, context in enumerate(contexts, start=1) if not assertion.holds(context)]
            if failing:
                found.append(Broken(assertion, len(failing), failing[0], len(contexts)))
    return found
