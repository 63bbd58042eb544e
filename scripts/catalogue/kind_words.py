"""What each kind of rule asks and measures, in Dutch."""

from __future__ import annotations

from typing import NamedTuple


class KindWords(NamedTuple):
    """What a kind asks, and what stands in `gemeten` and `grens` of a finding."""

    asks: str
    measures: str


_PART = "het deel dat erin ligt: ha van een vlak, m van een lijn, aantal punten; de grens is 0"

KIND_WORDS: dict[str, KindWords] = {
    "prohibit-inside": KindWords("Het object ligt niet in het gebied.", _PART),
    "prohibit-within-distance": KindWords(
        "Het object ligt niet dichterbij dan een afstand.",
        "de kleinste afstand (m) van ieder object dat te dichtbij ligt; getekend wordt het deel dat binnen de afstand "
        "ligt",
    ),
    "require-inside": KindWords(
        "Het object ligt geheel in het gebied; met `share_pct` ligt ten minste dat aandeel van alle objecten samen "
        "erin.",
        "het deel dat erbuiten ligt (ha, m, aantal); met `share_pct` het aandeel (%) van de hele variant",
    ),
    "require-within-distance": KindWords(
        "Het object ligt binnen een afstand van het dichtstbijzijnde; met `share_pct` geldt dat voor ten minste dat "
        "aandeel van alle objecten samen.",
        "de afstand (m) tot het dichtstbijzijnde; met `share_pct` het aandeel (%) van de hele variant",
    ),
    "avoid-unless": KindWords(
        "Het object ligt bij voorkeur niet in het gebied: daar vraagt het een motivering.", _PART
    ),
    "reserve": KindWords(
        "De objecten samen beslaan ten minste een oppervlakte: waar dan ook, in het gebied, of binnen `distance_m` "
        "ervan.",
        "de oppervlakte (ha) van alle objecten samen, overlap één keer geteld; over de hele variant",
    ),
    "prefer-order": KindWords(
        "Het object staat op de eerste trede van een voorkeursvolgorde, of geeft een reden voor een lagere.",
        "het nummer van de trede; de grens is 1",
    ),
    "min-share": KindWords(
        "Ten minste een aandeel: van elk gebied dat de objecten beslaan, of van de ene indicator in de andere.",
        "het aandeel (%): van elk gebied apart, of van alle bijdragen samen",
    ),
    "max-share": KindWords(
        "Ten hoogste een aandeel: van elk gebied dat de objecten beslaan, of van de ene indicator in de andere.",
        "het aandeel (%): van elk gebied apart, of van alle bijdragen samen",
    ),
    "area-balance": KindWords(
        "Van het gebied gaat niet meer verloren dan een oppervlakte; wat elders als `compensation` is getekend telt "
        "ervan af.",
        "het verlies (ha) van alle objecten samen, overlap één keer geteld; over de hele variant",
    ),
    "compatibility": KindWords(
        "In het gebied ligt geen functie die er niet mee samengaat (`incompatible`).",
        "het deel van zo'n functie dat in het gebied ligt (ha, m, aantal); de grens is 0",
    ),
    "coverage": KindWords(
        "Elk deel van het object ligt binnen een afstand van een voorziening: uit de dataset, of getekend als een "
        "functie uit `supply`; met `share_pct` geldt dat voor ten minste dat aandeel van alle objecten samen.",
        "het deel buiten bereik (ha, m, aantal); met `share_pct` het aandeel (%) binnen bereik van de hele variant",
    ),
    "size-threshold": KindWords(
        "Een vlak van ten minste een oppervlakte ligt geheel in het gebied; over kleinere zegt de regel niets.",
        "het deel van het grote vlak dat erbuiten ligt (ha); de grens is 0",
    ),
    "level": KindWords(
        "Onder het object ligt het peil (van grondwater of maaiveld) binnen de grenzen.",
        "het deel waar het peil te laag of te hoog is (ha, m, aantal); waar geen peil bekend is, is het object niet "
        "toetsbaar",
    ),
    "require-attribute": KindWords(
        "Een veld is ingevuld (met een van de waarden in `allowed`, als die er staan), of het object heeft een "
        "bijdrage aan een indicator.",
        "of het er is; met een dataset alleen van objecten die daar liggen",
    ),
    "statement": KindWords(
        "Een vraag waarop geen kaart antwoord geeft: van elk object (`object`) of van het hele voorstel (`voorstel`).",
        "het antwoord in de tabel `verklaring`; met een dataset alleen van objecten die daar liggen",
    ),
}
"""By the name of the kind."""

HARDNESS_WORDS = {
    "verbod": "mag niet. Alleen een uitzondering die de regel zelf noemt, kan er iets aan veranderen",
    "pas_toe_of_leg_uit": "volg de regel, of leg in een motivering uit waarom niet",
    "voorkeur": "zo heeft de bron het liever; afwijken kan met een motivering",
    "advies": "om rekening mee te houden: een aanbeveling, een signaal of een voorstel",
}

STATUS_WORDS = {
    "geldend": "de bron geeft het als regel, afspraak of vast beleid",
    "voorgesteld": "de bron stelt het voor; het is nog niet vastgesteld",
    "informatie": "de bron deelt het mee, zonder iets te vragen",
    "concept": "de bron noemt het zelf nog niet af, of twijfelt eraan",
}

CERTAINTY_WORDS = {
    "letterlijk": "staat zo in de bron, hier in eigen woorden",
    "parafrase": "staat er bijna zo; de strekking is dezelfde",
    "geduid": "de bron laat ruimte; deze catalogus kiest een lezing en zegt welke",
    "afgeleid": "volgt uit de bron, maar staat er niet",
}

OBJECTS_WORDS = {"nodig": "ja", "mogelijk": "mag", "geen": "nee"}
