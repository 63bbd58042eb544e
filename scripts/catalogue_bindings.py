"""Write `docs/koppelingen.md`: every slot with its candidate dataset, how it stands and which rules ask for it.

python -m scripts.catalogue_bindings
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from novex_plugin.core.rules.bindings import BOUND, CANDIDATE, OPEN, Binding, read_bindings
from novex_plugin.core.rules.catalogue import read_catalogues
from novex_plugin.core.rules.model import Rule
from novex_plugin.core.rules.vocabulary import vocabulary

CHECKOUT = Path(__file__).resolve().parents[1]
PAGE = CHECKOUT / "docs" / "koppelingen.md"

_HEAD = """# Koppelingen

Een regel noemt geen dataset maar een rol: een *koppeling* zegt welke dataset die rol speelt. Deze pagina toont iedere
rol met wat ervan bekend is. Er zijn er {slots}: {bound} gekoppeld, {candidates} met een kandidaat en {open} open.

- **gekoppeld**: de dataset uit het register speelt de hele rol.
- **kandidaat**: er is een dataset, maar iets moet worden bevestigd of gekozen; de toelichting zegt wat. Staat er een
  dataset bij de rol, dan toetst `novex:check` ermee zodra de momentopname haar heeft; staat zij alleen bij de keuzes,
  dan moet iemand haar eerst koppelen.
- **open**: geen dataset is bekend; de toelichting zegt wat er mist en wie het kan geven.

Een rol zonder dataset maakt haar regels `niet_toetsbaar`, met de reden erbij; zij slagen nooit stil. Wie een eigen laag
koppelt, kopieert `resources/bindings/startpakket-2022.json`, vult bij de rol `own` in (`name`, `place`: een GeoPackage
in EPSG:28992 naast het bestand, `reason`: waarom van de basisset wordt afgeweken, ten minste 20 tekens) en geeft het
bestand aan `novex:check`, `novex:report` en `novex:export` mee. Naam, plaats en reden komen in de levering: in de tabel
`dataset` van het voorstel, in `gegevens/koppelingen.json` en in het rapport.

De nummers zijn die van de metadatarecords in het Nationaal Georegister. Zij zijn niet tegen het levende register
gehouden: `novex:discover` zegt wat er nu is.

*Deze pagina komt uit de gegevens: `python -m scripts.catalogue_bindings`.*
"""

_MANY = 12


def page() -> str:
    """The page as Markdown."""
    bindings, slots = read_bindings().by_slot, vocabulary().slots
    counts = {status: sum(each.status == status for each in bindings.values()) for status in (BOUND, CANDIDATE, OPEN)}
    asked = rules_by_slot()
    parts = [
        _HEAD.format(slots=len(slots), bound=counts[BOUND], candidates=counts[CANDIDATE], open=counts[OPEN]),
        "| rol | omschrijving | status | dataset | regels |\n|---|---|---|---|---|",
        *(_row(bindings[name], slots[name].nl, asked.get(name, [])) for name in sorted(slots)),
        "",
    ]
    for status, title in ((BOUND, "Gekoppeld"), (CANDIDATE, "Kandidaten"), (OPEN, "Open")):
        parts.append(f"## {title}\n")
        for name in sorted(slots):
            if bindings[name].status == status:
                parts += _section(bindings[name], slots[name].nl, slots[name].geometry, asked.get(name, []))
    return "\n".join(parts)


def rules_by_slot() -> dict[str, list[Rule]]:
    """The rules that ask for each slot: as their object, as the area where they hold, or as an exception."""
    asked: dict[str, list[Rule]] = {}
    for catalogue in read_catalogues():
        for rule in catalogue.rules:
            exempting = [slot for exemption in rule.exemptions for slot in exemption.slots]
            for slot in dict.fromkeys((*rule.all_slots, *exempting)):
                asked.setdefault(slot, []).append(rule)
    return asked


def _row(binding: Binding, label: str, rules: list[Rule]) -> str:
    link = f"[`{binding.slot}`](#{binding.slot})"
    dataset = f"`{binding.dataset}`" if binding.dataset else _number(len(binding.candidates))
    return f"| {link} | {label} | {binding.status} | {dataset} | {len(rules)} |"


def _number(candidates: int) -> str:
    return {0: "–", 1: "1 keuze"}.get(candidates, f"{candidates} keuzes")


def _section(binding: Binding, label: str, geometry: str, rules: list[Rule]) -> Iterator[str]:
    yield f"### {binding.slot}\n"
    yield f"{label} ({geometry}).\n"
    yield f"{binding.note.nl}\n"
    if binding.dataset is not None:
        layer = f", laag `{binding.layer}`" if binding.layer else ""
        yield f"Dataset: `{binding.dataset}`{layer}.\n"
    for each in binding.candidates:
        number = f" (`{each.dataset}`{f', laag `{each.layer}`' if each.layer else ''})" if each.dataset else ""
        yield f"- *{each.title}*{number}: {each.note.nl}"
    if binding.candidates:
        yield ""
    names = [f"`{rule.id}`" for rule in rules[:_MANY]]
    more = f" en nog {len(rules) - _MANY}" if len(rules) > _MANY else ""
    yield f"Gevraagd door: {', '.join(names)}{more}.\n" if names else "Geen regel vraagt deze rol.\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
