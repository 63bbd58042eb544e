"""The pages that go over all programmes: questions to answer, and the objects of rules with their datasets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from novex_plugin.core.rules.model import YES_OR_NO, Catalogue, Rule, Statement
from novex_plugin.core.rules.vocabulary import vocabulary
from scripts.catalogue.rule_page import slot_link
from scripts.catalogue.words import (
    anchor,
    code,
    dataset_of,
    listed,
    table,
    value_words,
)

_QUESTIONS = """# Vragen

Op deze vragen geeft geen kaart antwoord. Een antwoord staat in de tabel `verklaring` van het voorstel: `verklaring` is
de code van de vraag, `kenmerk` het object (leeg: het hele voorstel), `waarde` het antwoord. Geen antwoord maakt de
regel `niet_toetsbaar`, `nee` is een overtreding, `nvt` met een toelichting van ten minste 20 tekens haalt het object
uit de regel, en `ja` voldoet (bij een open vraag elk antwoord). Geeft een object zelf
geen antwoord, dan telt dat van het hele voorstel.

[Alle programma's](index.md)"""

_LADDERS = """## Voorkeursvolgordes

Ook een trede staat in de tabel `verklaring`, met het id van de regel als `verklaring`, het nummer van de trede als
`waarde` en de reden voor een lagere trede (ten minste 20 tekens) in `toelichting`. Waar dat erbij staat, telt ook het
veld `trede` van het object, met de reden in `trede_reden`."""

_SLOTS = """# Regels per koppeling

Een regel noemt geen dataset maar een rol: ‘Natura 2000-gebieden’. Deze pagina noemt bij elke rol de dataset die haar in
de koppelingen van de plugin speelt, en alle regels die haar gebruiken, ook voor hun gebied of een uitzondering. Wat er
van een rol bekend is en hoe een eigen laag wordt gekoppeld, staat bij [koppelingen](../koppelingen.md).

[Alle programma's](index.md)"""


def rule_link(rule: Rule, catalogue: Catalogue, up: str = "") -> str:
    """A link to a rule on the page of its programme."""
    return f"[{rule.id}]({up}regels/{catalogue.id}/{catalogue.file.stem}.md#{anchor(rule.id)})"


def questions_page(catalogues: Sequence[Catalogue]) -> str:
    """All questions by programme, with the rules that ask them, and all ladders."""
    parts = [_QUESTIONS]
    for catalogue in catalogues:
        if catalogue.statements:
            rows = [_question(each, catalogue) for each in catalogue.statements]
            parts += [f"## {catalogue.title}", table(("verklaring", "vraag", "van", "regel"), rows)]
    rows = [row for catalogue in catalogues for row in _ladders(catalogue)]
    parts += [_LADDERS, table(("regel", "treden", "ook in het veld"), rows)]
    return "\n\n".join(parts) + "\n"


def _question(statement: Statement, catalogue: Catalogue) -> tuple[str, ...]:
    asking = [rule for rule in catalogue.rules if rule.question == statement]
    scopes = sorted({str(rule.parameters["scope"].value) for rule in asking})
    where = {"object": "elk object", "voorstel": "het voorstel"}
    links = ", ".join(rule_link(rule, catalogue) for rule in asking)
    text = statement.nl if statement.answer == YES_OR_NO else f"{statement.nl} (open vraag)"
    return code(statement.id), text, listed([where[scope] for scope in scopes]), links


def _ladders(catalogue: Catalogue) -> Iterator[tuple[str, ...]]:
    for rule in catalogue.rules:
        if rule.kind == "prefer-order":
            order = rule.parameters["order"]
            read = "`trede`" if "field" in rule.parameters else ""
            yield rule_link(rule, catalogue), value_words(order.value, order.unit), read


def slots_page(catalogues: Sequence[Catalogue]) -> str:
    """All slots, each with its dataset and the rules that read it."""
    readers = _readers(catalogues)
    slots = sorted(vocabulary().slots.values(), key=lambda slot: slot.id)
    rows = [
        (slot_link(slot.id, ""), slot.nl, slot.geometry, dataset_of(slot.id) or "–", ", ".join(readers[slot.id]) or "–")
        for slot in slots
    ]
    return f"{_SLOTS}\n\n{table(('rol', 'wat het is', 'vorm', 'dataset', 'regels'), rows)}\n"


def _readers(catalogues: Sequence[Catalogue]) -> Mapping[str, list[str]]:
    found: dict[str, list[str]] = {slot: [] for slot in vocabulary().slots}
    for catalogue in catalogues:
        for rule in catalogue.rules:
            named = [*rule.all_slots, *(slot for exemption in rule.exemptions for slot in exemption.slots)]
            for slot in dict.fromkeys(named):
                found[slot].append(rule_link(rule, catalogue))
    return found
