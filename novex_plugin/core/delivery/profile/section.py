"""An assertion of the profile, and the sections that hold them in the order of the official Schematron."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from novex_plugin.core.delivery.profile.node import Node

Holds = Callable[[Node], bool]


@dataclass(frozen=True)
class Assertion:
    """One question to an element of a record. `id` is the official one; `wrong` and `remedy` are told to people."""

    id: str
    section: str
    wrong: str
    remedy: str
    holds: Holds

    @property
    def warns(self) -> bool:
        """Whether the official Schematron counts it among its warnings: what only datasets under INSPIRE need."""
        return self.section.startswith("Waarschuwingen")


@dataclass(frozen=True)
class Section:
    """Assertions about the same elements: `contexts` finds those in a record."""

    name: str
    contexts: Callable[[Node], list[Node]]
    assertions: list[Assertion] = field(default_factory=list)

    def asserts(self, identifier: str, wrong: str, remedy: str) -> Callable[[Holds], Holds]:
        """Add the function below as the next assertion: it tells whether the assertion holds."""

        def added(holds: Holds) -> Holds:
            self.assertions.append(Assertion(identifier, self.name, wrong, remedy, holds))
            return holds

        return added


def on_path(path: str) -> Callable[[Node], list[Node]]:
    """The contexts of a section: all elements on a path."""
    return lambda record: record.all(path)


def whole_record(record: Node) -> list[Node]:
    """The context of a section about the record itself."""
    return [record]
