"""Everything that is shown has a Dutch text, and nothing that is gone keeps one."""

from __future__ import annotations

from scripts import translations


def test_every_source_string_has_a_dutch_text_and_no_text_is_left_over() -> None:
    known = translations.translations()
    wanted = set(translations.sources())
    assert wanted
    assert sorted(key for key in wanted if not known.get(key)) == []
    assert sorted(set(known) - wanted) == []
