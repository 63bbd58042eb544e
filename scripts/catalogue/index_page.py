"""The first page of the catalogue: programmes with their counts, the kinds of rules, and what the words mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from novex_plugin.core.rules.kinds import KINDS
from novex_plugin.core.rules.model import HARDNESS, Catalogue, Rule
from novex_plugin.core.rules.question import Kind
from novex_plugin.core.rules.targets import Quantity
from novex_plugin.core.rules.vocabulary import PARAMETERS
from scripts.catalogue.kind_words import CERTAINTY_WORDS, HARDNESS_WORDS, KIND_WORDS, OBJECTS_WORDS, STATUS_WORDS
from scripts.catalogue.rule_page import counted
from scripts.catalogue.target_page import USES, target_title
from scripts.catalogue.words import HARDNESS_LABELS, listed, table

_HEAD = """# De catalogus

Alle regels en alle hoeveelheden waaraan een voorstel wordt gehouden: {rules} regels in {programmes} programma's, en
{quantities} hoeveelheden. Hoe de toets werkt staat bij [regels en toetsing](../regels.md), hoe doelen tellen bij
[doelen en kengetallen](../doelen.md).

- [Regels per programma](#regels-per-programma)
- [Soorten](#soorten): wat een regel meet
- [Vragen](vragen.md): alle verklaringen die een voorstel kan geven
- [Koppelingen](koppelingen.md): welke regels welke kaartlaag gebruiken
- [Doelen en kengetallen](#doelen-en-kengetallen)
- [Woorden](#woorden): hardheid, status en zekerheid

Bij elke regel staat een voorbeeld dat voldoet en een dat niet voldoet. Ze zijn klein en verzonnen: een vlak van een
hectare, een gebied ernaast of eroverheen. De toets zelf heeft ze beoordeeld, en wat zij mat en meldde staat erbij.

*Deze pagina's komen uit de gegevens: `python -m scripts.manual catalogus`.*"""

_KINDS = """De soort zegt wat een regel meet; er zijn er {kinds}. Een bevinding gaat over één object, of over de hele
variant waar objecten samen iets moeten halen. De kolom ‘kaart’ zegt of er een dataset nodig is."""

_UNITS = {
    "bereik": "`object` of `voorstel`",
    "indicator": "id uit de afspraken",
    "legenda": "lijst van legenda-eenheden",
    "veld": "kolom van het object",
    "verklaring": "id van een vraag",
    "volgorde": "lijst van treden",
    "waarden": "lijst van waarden",
}
"""What a parameter holds whose value is no number."""

_PROGRAMME = ("programma", "programma's")
_SHORT = {"verbod": "verbod", "pas_toe_of_leg_uit": "pas toe", "voorkeur": "voorkeur", "advies": "advies"}


def index_page(catalogues: Sequence[Catalogue], quantities: Mapping[Path, Sequence[Quantity]]) -> str:
    """Counts, kinds and glossary."""
    rules = [rule for catalogue in catalogues for rule in catalogue.rules]
    total = sum(len(each) for each in quantities.values())
    parts = [_HEAD.format(rules=len(rules), programmes=len(catalogues), quantities=total), "## Regels per programma"]
    for name in dict.fromkeys(catalogue.id for catalogue in catalogues):
        parts += _catalogue(name, [catalogue for catalogue in catalogues if catalogue.id == name])
    parts += [
        "## Soorten",
        _KINDS.format(kinds=len(KINDS)),
        _kinds(rules),
        *(_kind(kind, rules) for kind in KINDS.values()),
    ]
    parts += ["## Doelen en kengetallen", _targets(quantities), "## Woorden", *_glossary(rules)]
    return "\n\n".join(parts) + "\n"


def _catalogue(name: str, catalogues: Sequence[Catalogue]) -> Iterator[str]:
    total = sum(len(catalogue.rules) for catalogue in catalogues)
    yield f"### {name}"
    yield f"{counted(total, 'regel', 'regels')} in {counted(len(catalogues), *_PROGRAMME)}."
    rows = []
    for catalogue in catalogues:
        hardness, held = (Counter(getattr(rule, field) for rule in catalogue.rules) for field in ("hardness", "status"))
        link = f"[{catalogue.title}](regels/{catalogue.id}/{catalogue.file.stem}.md)"
        counts = [str(hardness[each] or "") for each in HARDNESS]
        others = ", ".join(f"{number} {each}" for each, number in sorted(held.items()) if each != "geldend")
        rows.append((link, str(len(catalogue.rules)), *counts, others, _by_kind(catalogue.rules)))
    yield table(("programma", "regels", *(_SHORT[each] for each in HARDNESS), "andere status", "soorten"), rows)


def _by_kind(rules: Sequence[Rule]) -> str:
    counts = Counter(rule.kind for rule in rules)
    return ", ".join(f"{kind} {counts[kind]}" for kind in sorted(counts, key=lambda each: (-counts[each], each)))


def _kinds(rules: Sequence[Rule]) -> str:
    counts = Counter(rule.kind for rule in rules)
    hard = Counter(rule.kind for rule in rules if rule.hardness == "verbod")
    rows = [
        (f"[`{name}`](#{name})", kind.LABEL, OBJECTS_WORDS[kind.OBJECTS], str(counts[name]), str(hard[name] or ""))
        for name, kind in KINDS.items()
    ]
    return table(("soort", "in woorden", "kaart", "regels", "waarvan verbod"), rows)


def _kind(kind: Kind, rules: Sequence[Rule]) -> str:
    words = KIND_WORDS[kind.NAME]
    lines = [f"### {kind.NAME}", "", words.asks, "", f"- Meet: {words.measures}."]
    if kind.UNITS:
        named = [f"`{name}` ({PARAMETERS[name]}: {_UNITS.get(unit, unit)})" for name, unit in kind.UNITS.items()]
        lines.append(f"- Parameters: {listed(named)}.")
    columns = [*kind.COLUMNS, *_read(kind)]
    if columns:
        lines.append(f"- Leest: {listed(columns)}.")
    return "\n".join(lines)


def _read(kind: Kind) -> list[str]:
    """Tables and fields that a kind reads, besides geometry."""
    read = {
        "prefer-order": ["de tabel `verklaring`", "het veld `trede` (waar de regel het noemt)"],
        "statement": ["de tabel `verklaring`"],
        "require-attribute": ["het veld dat de regel noemt", "de tabel `bijdrage`"],
        "min-share": ["de tabel `bijdrage` (bij twee indicatoren)"],
        "max-share": ["de tabel `bijdrage` (bij twee indicatoren)"],
    }
    return read.get(kind.NAME, [])


def _targets(quantities: Mapping[Path, Sequence[Quantity]]) -> str:
    rows = []
    for path, found in quantities.items():
        counts = Counter(each.use for each in found)
        link = f"[{target_title(path)}](doelen/{path.parent.name}/{path.stem}.md)"
        doubted = sum(each.doubt is not None for each in found)
        rows.append((link, str(len(found)), *(str(counts[use] or "") for use in USES), str(doubted or "")))
    return table(("programma", "hoeveelheden", *USES.values(), "met twijfel"), rows)


def _glossary(rules: Sequence[Rule]) -> Iterator[str]:
    for title, field, words in (
        ("Hardheid", "hardness", HARDNESS_WORDS),
        ("Status", "status", STATUS_WORDS),
        ("Zekerheid", "certainty", CERTAINTY_WORDS),
    ):
        counts = Counter(getattr(rule, field) for rule in rules)
        rows = [(HARDNESS_LABELS.get(word, word), meaning, str(counts[word])) for word, meaning in words.items()]
        yield f"### {title}"
        yield table(("woord", "betekenis", "regels"), rows)
