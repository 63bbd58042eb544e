"""The part of the report about rules that could not be tested, grouped by what is missing: questions that nobody
answered, datasets that nobody bound, values that the source does not give."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from novex_plugin.core.delivery.markup import Element, element
from novex_plugin.core.delivery.report_parts import Labels, Row, note, table
from novex_plugin.core.rules.bindings import Binding, read_bindings
from novex_plugin.core.rules.model import NIET_TOETSBAAR
from novex_plugin.core.rules.vocabulary import vocabulary

_NAMED = 8
_SLOT = re.compile(r"(?:\bvoor|\bkoppeling van) ([a-z0-9]+(?:-[a-z0-9]+)*)\b")
_PART = re.compile(r"^Bij (\d+) van (\d+) objecten: ")
_STATEMENT = re.compile(r"^de verklaring (\S+) is niet gegeven(?:: (.+))?$", re.DOTALL)
_STEP = re.compile(r"^geen trede in (.+?) \((.+)\)$", re.DOTALL)
_VALUE = re.compile(r"^geen waarde voor (.+?) \((\w+), ([^)]*)\)(?:: (.+))?$", re.DOTALL)


@dataclass(frozen=True)
class _Lack:
    """One thing that a rule lacks: `what` is the question, the slot or the value; `about` what it is asked of."""

    rule: Mapping[str, Any]
    what: str
    about: str = ""
    name: str = ""


def untested_section(findings: Mapping[str, Any], labels: Labels) -> list[Element]:
    """The rules that could not be tested, grouped by what is missing; nothing when there are none."""
    untested = [rule for rule in findings.get("rules") or [] if rule.get("outcome") == NIET_TOETSBAAR]
    if not untested:
        return []
    untested.sort(key=lambda rule: (labels.programme(rule.get("programme")), str(rule["rule"])))
    questions: list[_Lack] = []
    slots: list[_Lack] = []
    values: list[_Lack] = []
    others: list[_Lack] = []
    for rule in untested:
        for said in _missing(rule):
            lack, group = _sorted(rule, said, questions, slots, values, others)
            group.append(lack)
    told = (
        f"{len(untested)} regels zijn niet stil geslaagd: er ontbreekt iets om ze te kunnen toetsen. Een regel die "
        "meer dan één ding mist, staat bij elk ervan."
    )
    return [
        element("h2", "Niet toetsbaar"),
        note(told),
        *_questions(questions, labels),
        *_slots(slots),
        *_values(values, labels),
        *_others(others, labels),
    ]


def _missing(rule: Mapping[str, Any]) -> list[str]:
    missing = rule.get("missing")
    said = [str(part) for part in missing] if isinstance(missing, list | tuple) else [str(missing or "")]
    return [part for part in said if part] or [str(rule.get("message") or "–")]


def _sorted(
    rule: Mapping[str, Any],
    said: str,
    questions: list[_Lack],
    slots: list[_Lack],
    values: list[_Lack],
    others: list[_Lack],
) -> tuple[_Lack, list[_Lack]]:
    """What the words say is missing, and the group where it belongs."""
    part = _PART.match(said)
    plain = said[part.end() :] if part else said
    about = f"{part[1]} van {part[2]} objecten" if part else "het hele voorstel"
    if found := _STATEMENT.match(plain):
        return _Lack(rule, found[2] or found[1], about, found[1]), questions
    if found := _STEP.match(plain):
        return _Lack(rule, f"Welke trede van de voorkeursvolgorde is gekozen? {found[2]}", about, str(rule["rule"])), (
            questions
        )
    if found := _VALUE.match(plain):
        return _Lack(rule, found[1], found[4] or "", found[2]), values
    slot = _SLOT.search(plain)
    if slot and slot[1] in vocabulary().slots:
        return _Lack(rule, slot[1], plain), slots
    return _Lack(rule, said), others


def _questions(lacks: Sequence[_Lack], labels: Labels) -> list[Element]:
    """The checklist: each question once, under its programme."""
    if not lacks:
        return []
    rows: list[Row] = []
    for programme, of_programme in groupby(lacks, key=lambda lack: str(lack.rule.get("programme"))):
        for number, (name, alike) in enumerate(_by(of_programme, lambda lack: lack.name)):
            rows.append(
                [
                    labels.programme(programme) if number == 0 else "",
                    element("span", f"☐ {alike[0].what}", element("br"), element("code", name)),
                    ", ".join(dict.fromkeys(lack.about for lack in alike)),
                    _rules(lack.rule for lack in alike),
                ]
            )
    return [
        element("h3", f"Vragen die nog niet beantwoord zijn ({len(rows)})"),
        note(
            "Beantwoord ze in de tabel verklaring: ja, nee of nvt met toelichting; bij een voorkeursvolgorde het "
            "nummer van de trede. Zonder kenmerk geldt een antwoord voor het hele voorstel."
        ),
        table(("Programma", "Vraag", "Over", "Regel"), rows, "checklist"),
    ]


def _slots(lacks: Sequence[_Lack]) -> list[Element]:
    """Each slot once, with what is known of its dataset and the rules that wait for it; the most wanted first."""
    if not lacks:
        return []
    known, slots = read_bindings().by_slot, vocabulary().slots
    groups = sorted(_by(lacks, lambda lack: lack.what), key=lambda group: (-len(group[1]), slots[group[0]].nl))
    rows: list[Row] = [
        [
            element("span", slots[slot].nl, element("br"), element("code", slot)),
            _advice(known.get(slot), slot, alike),
            _rules(lack.rule for lack in alike),
            str(len({str(lack.rule["rule"]) for lack in alike})),
        ]
        for slot, alike in groups
    ]
    return [
        element("h3", f"Datasets die nog ontbreken ({len(rows)})"),
        note("Koppel een dataset uit de momentopname of een eigen laag, met de reden, in het bestand met koppelingen."),
        table(("Rol", "Wat nu?", "Regels", "#Aantal"), rows, "slots"),
    ]


def _advice(binding: Binding | None, slot: str, alike: Sequence[_Lack]) -> str:
    """Why the dataset is missing, unless nobody bound one; then what is known of it."""
    unbound = f"voor {slot} is geen dataset gekoppeld"
    why = [said for said in dict.fromkeys(lack.about for lack in alike) if said != unbound]
    if why or binding is None:
        return "; ".join(why) or unbound
    titles = ", ".join(each.title for each in binding.candidates)
    return f"{binding.note.nl} Keuzes: {titles}." if titles else binding.note.nl


def _values(lacks: Sequence[_Lack], labels: Labels) -> list[Element]:
    if not lacks:
        return []
    rows: list[Row] = [
        [
            labels.programme(lack.rule.get("programme")),
            element("span", labels.rules.get(str(lack.rule["rule"]), ""), element("br"), _code(lack.rule)),
            element("span", lack.what, " ", element("code", lack.name)),
            lack.about or "–",
        ]
        for lack in lacks
    ]
    return [
        element("h3", f"Waarden die de bron niet geeft ({len(rows)})"),
        note("Zet een waarde met haar reden onder parameters in het bestand met koppelingen."),
        table(("Programma", "Regel", "Waarde", "De bron"), rows, "values"),
    ]


def _others(lacks: Sequence[_Lack], labels: Labels) -> list[Element]:
    if not lacks:
        return []
    rows: list[Row] = [
        [
            labels.programme(lack.rule.get("programme")),
            element("span", labels.rules.get(str(lack.rule["rule"]), ""), element("br"), _code(lack.rule)),
            lack.what,
        ]
        for lack in lacks
    ]
    return [element("h3", f"Overige ({len(rows)})"), table(("Programma", "Regel", "Wat ontbreekt"), rows)]


def _by(lacks: Iterable[_Lack], key: Any) -> list[tuple[str, list[_Lack]]]:
    groups: dict[str, list[_Lack]] = {}
    for lack in lacks:
        groups.setdefault(str(key(lack)), []).append(lack)
    return list(groups.items())


def _rules(rules: Iterable[Mapping[str, Any]]) -> Element:
    names = list(dict.fromkeys(str(rule["rule"]) for rule in rules))
    more = f" en nog {len(names) - _NAMED}" if len(names) > _NAMED else ""
    parts: list[Element | str] = []
    for name in names[:_NAMED]:
        parts += [element("code", name), " "]
    return element("span", *parts, more)


def _code(rule: Mapping[str, Any]) -> Element:
    return element("code", str(rule["rule"]))
