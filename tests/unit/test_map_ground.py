"""Which layers of a snapshot lie under the map."""

from __future__ import annotations

import pytest

from novex_plugin.core.delivery.ground import TOPICS, ground_of, topic_of


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Natura 2000", "nature"),
        ("Natuurnetwerk Nederland (NNN)", "nature"),
        ("Bestuurlijke Gebieden 2025 - gemeenten", "boundary"),
        ("Provinciegebied Oefenland", "country"),
        ("Spoorwegen", "rail"),
        ("Nationaal Wegenbestand - wegvakken", "road"),
        ("Waterdelen Oefenland", "water"),
        ("Bebouwd gebied Oefenland", "built"),
        ("Rivierbed van de Aalde", "floodplain"),
    ],
)
def test_a_title_tells_what_a_layer_shows(title: str, topic: str) -> None:
    found = topic_of(title)

    assert found is not None
    assert found.id == topic


@pytest.mark.parametrize(
    "title",
    [
        "Bodemkaart van Nederland",
        "Gewaspercelen 2026",
        "Zoekgebieden waterberging",
        "Overstromingsdiepte bij dijkdoorbraak",
        "Grondwaterbeschermingsgebieden",
        "Geluid van wegen en spoor",
        "Fijnstof 2019 (PM10)",
        "",
    ],
)
def test_what_would_hide_the_others_is_no_ground(title: str) -> None:
    assert topic_of(title) is None


def test_the_ground_is_ordered_from_borders_down_to_nature_and_then_by_title() -> None:
    titles = ["Natura 2000", "Bodemkaart", "Waterdelen", "Provinciegrenzen", "Natuurnetwerk"]

    assert [titles[place] for place in ground_of(titles)] == [
        "Provinciegrenzen",
        "Waterdelen",
        "Natura 2000",
        "Natuurnetwerk",
    ]


def test_no_topic_takes_all_the_room() -> None:
    titles = [f"Natuurgebied {number}" for number in range(9)]

    assert len(ground_of(titles)) == 3
    assert len({topic.label for topic in TOPICS}) == len(TOPICS)
