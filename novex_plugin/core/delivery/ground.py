"""What lies under the map of a report: which layers of a snapshot make a calm ground, and what each shows."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Topic:
    """Something a reader finds the way by. `label` stands in the legend; `speaks` finds it in a dataset's title."""

    id: str
    label: str
    speaks: re.Pattern[str]


def _topic(key: str, label: str, words: str) -> Topic:
    return Topic(key, label, re.compile(rf"(?i){words}"))


TOPICS = (
    _topic("place", "Plaatsnamen", r"\b(?:plaatsnamen|geografische namen)"),
    _topic("country", "Provinciegrens", r"\bprovincie(?:s|gebied|gebieden|grens|grenzen)\b"),
    _topic(
        "boundary", "Gemeentegrens", r"\bgemeente(?:n|s|gebied|gebieden|grens|grenzen)\b|bestuurlijke (?:grens|gebied)"
    ),
    _topic("rail", "Spoor", r"\bspoor(?:weg|wegen|lijn|lijnen|baan|vak|vakken)?\b"),
    _topic("road", "Weg", r"\b(?:hoofd|rijks|nationaal )?weg(?:en|enbestand|vak|vakken|enkaart)?\b"),
    _topic(
        "water", "Water", r"\b(?:oppervlaktewater|water(?:deel|delen|loop|lopen|vlakken)|meren en plassen|rivieren)\b"
    ),
    _topic(
        "built", "Bebouwd gebied", r"\b(?:bebouwd|bebouwing|bebouwde kom|stedelijk gebied|woonkernen|bevolkingskernen)"
    ),
    _topic("work", "Bedrijventerrein", r"\b(?:werklocaties|bedrijventerrein)"),
    _topic("nature", "Natuur", r"\b(?:natura ?2000|natuur(?:netwerk|gebied|gebieden)|nnn|bos(?:sen|gebied)?|heide)\b"),
    _topic("floodplain", "Rivierbed", r"\b(?:rivierbed|uiterwaard|uiterwaarden)\b"),
)
"""The uppermost first. A layer that speaks of none of these (a soil map, fields, zones) would hide the others."""

_NO_GROUND = re.compile(r"(?i)zoekgebied|contour|zone|risico|reserver|toekomst|bescherm|habitat|geluid")
_MOST_OF_A_TOPIC = 3


def topic_of(title: str) -> Topic | None:
    """What a dataset's title speaks of, None when it is no ground for a map."""
    if _NO_GROUND.search(title):
        return None
    return next((topic for topic in TOPICS if topic.speaks.search(title)), None)


def ground_of(titles: list[str]) -> list[int]:
    """Which of these layers make the ground, by place in the list: the uppermost topic first, then by title."""
    order = {topic.id: place for place, topic in enumerate(TOPICS)}
    chosen: list[tuple[int, str, int]] = []
    for place, title in enumerate(titles):
        topic = topic_of(title)
        if topic is not None:
            chosen.append((order[topic.id], title, place))
    chosen.sort()
    seen: dict[int, int] = {}
    kept = []
    for rank, _, place in chosen:
        seen[rank] = seen.get(rank, 0) + 1
        if seen[rank] <= _MOST_OF_A_TOPIC:
            kept.append(place)
    return kept
