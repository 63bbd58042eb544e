"""What the dock can list, as arrays: the findings, and after them the rules that have an outcome and no finding."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from qgis.PyQt.QtCore import QCoreApplication

from novex_plugin.core.check.evaluate import RuleOutcome
from novex_plugin.core.check.standing import Standing
from novex_plugin.core.dutch import quantity
from novex_plugin.core.rules.model import GEMOTIVEERD, NIET_TOETSBAAR, OVERTREEDT, VOLDOET
from novex_plugin.ui.look import HARDNESS_WORDS

SHOWN = (OVERTREEDT, GEMOTIVEERD, NIET_TOETSBAAR, VOLDOET)
"""The outcomes that are listed, the gravest first; their places are the codes of `Entries.outcome`."""

Codes = NDArray[np.int64]
Names = Mapping[str, tuple[str, str]]
"""What features are called and the legend unit they are drawn as, by their ids."""


@dataclass(frozen=True)
class Category:
    """What entries are grouped by: for each entry its place among the `labels`, which stand in the order of showing."""

    codes: Codes
    labels: tuple[str, ...]
    keys: tuple[Hashable, ...]


class Entries:
    """The rows of the dock. `findings` of them are rows of the finding table, in its order; the rest are rules.

    `names` tells what features are called, `titles` what programmes are called.
    """

    def __init__(self, standing: Standing, names: Names, titles: Mapping[str, str]) -> None:
        self.standing = standing
        self._names = names
        self._titles = titles
        columns = standing.findings.columns
        self.findings = len(standing.findings)
        self.rules: dict[str, RuleOutcome] = {each.rule.id: each for each in standing.outcomes}
        places = {name: place for place, name in enumerate(self.rules)}
        found = columns["regel"].tolist()
        for name in dict.fromkeys(found):
            places.setdefault(name, len(places))
        self._rule_ids = tuple(places)
        with_findings = set(found)
        alone = [
            places[each.rule.id]
            for each in standing.outcomes
            if each.outcome in SHOWN and each.rule.id not in with_findings
        ]
        self.rule = np.array([places[name] for name in found] + alone, dtype=np.int64)
        outcomes = columns["uitkomst"].tolist() + [self.rules[self._rule_ids[place]].outcome for place in alone]
        code = {name: place for place, name in enumerate(SHOWN)}
        self.outcome = np.array([code.get(name, -1) for name in outcomes], dtype=np.int64)
        self.ids = tuple(columns["id"].tolist()) + tuple(f"regel {self._rule_ids[place]}" for place in alone)
        self._features = [None if name in (None, "") else name for name in columns["kenmerk"].tolist()] + [None] * len(
            alone
        )

    def __len__(self) -> int:
        return len(self.rule)

    def tr(self, text: str) -> str:
        """A text in the language of the user."""
        return QCoreApplication.translate("Entries", text)

    def is_finding(self, row: int) -> bool:
        """Whether a row is one of the finding table."""
        return row < self.findings

    def outcome_of(self, row: int) -> RuleOutcome | None:
        """The outcome of the rule of a row; None for what is wrong with a geometry before any rule is asked."""
        return self.rules.get(self.rule_id(row))

    def rule_id(self, row: int) -> str:
        return str(self._rule_ids[self.rule[row]])

    def rule_text(self, row: int) -> str:
        """The rule in plain words."""
        found = self.outcome_of(row)
        return found.rule.nl if found is not None else self.tr("The geometry can be measured")

    def value(self, row: int, column: str) -> Any:
        """What the finding table says; None for a rule without finding, and for what was not measured."""
        if row >= self.findings:
            return None
        value = self.standing.findings.columns[column][row]
        return None if value != value else value

    def feature(self, row: int) -> str | None:
        """The id of the feature of a row."""
        return self._features[row]

    def geometry(self, row: int) -> Any:
        """The place of a finding (shapely, EPSG:28992), None where it has none."""
        return self.standing.findings.geometry[row] if row < self.findings else None

    def message(self, row: int) -> str:
        """The outcome in words."""
        if row < self.findings:
            return str(self.standing.findings.columns["melding"][row])
        found = self.outcome_of(row)
        return found.message if found is not None else ""

    def hardness_word(self, row: int) -> str:
        found = self.outcome_of(row)
        return HARDNESS_WORDS.get(found.rule.hardness, found.rule.hardness) if found is not None else ""

    def measured(self, row: int) -> str:
        """What was measured, with its unit; empty where nothing was."""
        value = self.value(row, "gemeten")
        return "" if value is None else quantity(float(value), self.value(row, "eenheid"))

    def _told_measure(self, row: int) -> str:
        """What was measured, where its unit says what it is."""
        return "" if self.value(row, "eenheid") in (None, "aantal") else self.measured(row)

    def limit(self, row: int) -> str:
        """The limit, with its unit; empty where there is none."""
        value = self.value(row, "grens")
        return "" if value is None else quantity(float(value), self.value(row, "eenheid"))

    def feature_label(self, row: int) -> str:
        """What the feature is called."""
        return self.features.labels[self.features.codes[row]]

    def is_stale(self, row: int) -> bool:
        """Whether an explanation was recorded that does not count."""
        return bool(self.stale[row])

    def reading(self, row: int) -> str:
        """A finding in one line, without its rule: whose, how much, how firm."""
        if row >= self.findings:
            return self.message(row)
        parts = [self.feature_label(row), self._told_measure(row), self.hardness_word(row)]
        if self.is_stale(row):
            parts.append(self.tr("explanation does not count"))
        return " · ".join(part for part in parts if part)

    @cached_property
    def stale(self) -> NDArray[np.bool_]:
        """Which findings have an explanation that does not count (any more)."""
        standings = self.standing.findings.columns["motivering_stand"].tolist()
        found = np.array([each not in (None, "geldig") for each in standings], dtype=bool)
        return np.concatenate([found, np.zeros(len(self) - self.findings, dtype=bool)])

    @cached_property
    def features(self) -> Category:
        """By feature, in the order of their names; what is about the whole variant comes first."""
        return _sorted(*_coded(self._features), self._feature_name)

    @cached_property
    def units(self) -> Category:
        """By legend unit."""
        codes, features = _coded(self._features)
        units = [self._names.get(str(feature), ("", ""))[1] if feature is not None else "" for feature in features]
        of_feature, labels = _coded(units)
        return _sorted(of_feature[codes], labels, lambda unit: str(unit) or self.tr("No legend unit"))

    @cached_property
    def by_rule(self) -> Category:
        """By rule, in the order of the catalogues."""
        labels = tuple(
            self.rules[name].rule.nl if name in self.rules else self.tr("Geometry") for name in self._rule_ids
        )
        return Category(self.rule, labels, self._rule_ids)

    @cached_property
    def programmes(self) -> Category:
        """By programme, in the order of the catalogues."""
        ids = [self.rules[name].rule.programme if name in self.rules else "" for name in self._rule_ids]
        codes, programmes = _coded(ids)
        labels = tuple(self._titles.get(str(each), str(each)) or self.tr("Geometry") for each in programmes)
        return Category(codes[self.rule], labels, tuple(programmes))

    @cached_property
    def hardness(self) -> NDArray[np.object_]:
        """The hardness of the rule of each row."""
        of_rule = [self.rules[name].rule.hardness if name in self.rules else "" for name in self._rule_ids]
        return np.array(of_rule, dtype=object)[self.rule]

    @cached_property
    def bounds(self) -> NDArray[np.float64]:
        """Bounds of each row (EPSG:28992, m), nan where it has no place."""
        nowhere = np.full((len(self) - self.findings, 4), np.nan)
        return np.concatenate([shapely.bounds(self.standing.findings.geometry).reshape(-1, 4), nowhere])

    def naming(self, word: str) -> NDArray[np.bool_]:
        """Which rows have a word (in lower case) in their rule, programme, feature, legend unit or message."""
        found = np.array([word in text for text in self._messages], dtype=bool)
        for category, texts in zip(self._categories, self._labels, strict=True):
            named = np.array([word in text for text in texts], dtype=bool)
            if named.any():
                found |= named[category.codes]
        return found

    @property
    def _categories(self) -> tuple[Category, ...]:
        return self.by_rule, self.programmes, self.features, self.units

    @cached_property
    def _labels(self) -> list[list[str]]:
        """What each category is searched by; a rule by its id too."""
        rules = [f"{label} {key}" for label, key in zip(self.by_rule.labels, self.by_rule.keys, strict=True)]
        texts = [rules, *(category.labels for category in self._categories[1:])]
        return [[text.casefold() for text in some] for some in texts]

    @cached_property
    def _messages(self) -> list[str]:
        alone = [self.message(row) for row in range(self.findings, len(self))]
        return [str(text).casefold() for text in (*self.standing.findings.columns["melding"].tolist(), *alone)]

    def counts(self) -> dict[str, int]:
        """The number of rules of each outcome that is listed."""
        every = [each.outcome for each in self.standing.outcomes]
        return {name: every.count(name) for name in SHOWN}

    def _feature_name(self, feature: Hashable) -> str:
        if feature is None:
            return self.tr("The whole variant")
        name, unit = self._names.get(str(feature), ("", ""))
        return name or " ".join((unit or self.tr("Feature"), str(feature)[:8]))


def _coded(values: Sequence[Hashable]) -> tuple[Codes, list[Hashable]]:
    """Values as places among the different ones, which stand in the order of their first occurrence."""
    places: dict[Hashable, int] = {}
    codes = np.fromiter((places.setdefault(each, len(places)) for each in values), np.int64, len(values))
    return codes, list(places)


def _sorted(codes: Codes, keys: Sequence[Hashable], name: Any) -> Category:
    """A category in the order of its labels; what has no key comes first."""
    labels = [name(key) for key in keys]
    order = sorted(range(len(keys)), key=lambda place: (keys[place] is not None, labels[place].casefold()))
    rank = np.empty(len(keys), dtype=np.int64)
    rank[order] = np.arange(len(keys))
    ranked = rank[codes] if len(keys) else codes
    return Category(ranked, tuple(labels[place] for place in order), tuple(keys[place] for place in order))
