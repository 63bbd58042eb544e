"""What a test of single features finds is what a full check finds for them: random edits of the practice province."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from novex_plugin.core.basisset.snapshot import read_snapshot
from novex_plugin.core.check.drawing import drawing_of
from novex_plugin.core.check.evaluate import Evaluation
from novex_plugin.core.check.live import GRAVEST, LiveResult, LiveTest
from novex_plugin.core.check.objects import Objects
from novex_plugin.core.check.run import CheckResult, check_proposal
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.progress import Silent
from novex_plugin.core.proposal.edits import concerned, edited
from novex_plugin.core.proposal.read import Proposal, read_proposal
from novex_plugin.core.rules.bindings import read_bindings
from novex_plugin.core.rules.catalogue import default_catalogues, read_catalogues
from novex_plugin.core.rules.model import NIET_TOETSBAAR
from scripts.practice.demo import OWN_RULES
from scripts.practice.desk import VARIANT
from tests.conftest import copied_desk
from tests.unit.making_checks import MOMENT
from tests.unit.making_edits import Editor

RULES = [*default_catalogues(), OWN_RULES]


class Played:
    """The practice province with one live test that is asked again and again, as on a desktop."""

    def __init__(self, desk: Path) -> None:
        self.snapshot, self.bindings = desk / "momentopname", desk / "eigen" / "koppelingen.json"
        self.saved = read_proposal(desk / "voorstel.gpkg")
        self.live = LiveTest(self.snapshot, self.bindings, RULES, lambda: MOMENT)

    def whole(self, proposal: Proposal) -> CheckResult:
        return check_proposal(proposal, VARIANT, self.snapshot, self.bindings, RULES, MOMENT, Silent())

    def of(self, proposal: Proposal, *ids: str) -> LiveResult:
        return self.live.test(proposal, VARIANT, ids, Silent())

    def fates(self, proposal: Proposal, waiting: tuple[str, ...]) -> dict[str, Counter[str]]:
        """How each feature fares under the rules that judge features, in a full check."""
        bound = read_bindings(self.bindings)
        drawing, objects = drawing_of(proposal, VARIANT), Objects(bound, read_snapshot(self.snapshot), None)
        evaluation = Evaluation(drawing, objects, bound, MOMENT.date(), keeps_fates=True)
        tallies: dict[str, Counter[str]] = {name: Counter() for name in drawing.ids.tolist()}
        for rule, catalogue in ((rule, each) for each in read_catalogues(RULES) for rule in each.rules):
            fates = evaluation.outcome(rule, catalogue).fates
            if fates is not None and rule.id not in waiting:
                for name, fate in zip(drawing.ids.tolist(), fates.tolist(), strict=True):
                    tallies[name].update([] if fate is None else [fate])
        for name in drawing.ids[~drawing.sound].tolist():
            tallies[name][NIET_TOETSBAAR] += 1
        return tallies


@pytest.fixture(scope="module")
def played(laid_out: Path) -> Played:
    return Played(laid_out)


def rows(table: FeatureTable, chosen: np.ndarray) -> Iterator[str]:
    """Each chosen row as text, in the order of the table."""
    taken = table.take(chosen)
    names = sorted(taken.columns)
    yield from (str(row) for row in zip(*(taken.columns[name].tolist() for name in names), strict=True))
    yield from (str(shape) for shape in taken.geometry.tolist())


def named(values: np.ndarray, ids: tuple[str, ...]) -> np.ndarray:
    return np.isin(values.astype(str), ids)


def same_findings(result: LiveResult, whole: CheckResult, ids: tuple[str, ...]) -> None:
    columns = whole.findings.columns
    wanted = named(columns["kenmerk"], ids) & ~named(columns["regel"], result.waiting)
    everything = np.ones(len(result.findings), dtype=bool)
    assert list(rows(result.findings, everything)) == list(rows(whole.findings, wanted))


@pytest.mark.parametrize("seed", range(5))
def test_findings_of_edited_features_are_those_of_a_check_of_the_whole_variant(played: Played, seed: int) -> None:
    editor = Editor(played.saved, seed)
    edits = editor.edits(14)
    proposal = edited(played.saved, edits)
    ids = concerned(played.saved, edits)
    assert ids
    whole, result = played.whole(proposal), played.of(proposal, *ids)

    same_findings(result, whole, ids)
    for name in result.features:
        same_findings(played.of(proposal, name), whole, (name,))
    gone = set(ids) - set(result.features)
    assert not named(drawing_of(proposal, VARIANT).ids, tuple(gone)).any()


@pytest.mark.parametrize("seed", [11, 12])
def test_outcomes_and_combinations_of_features_are_those_of_a_check_too(played: Played, seed: int) -> None:
    edits = Editor(played.saved, seed).edits(14)
    proposal, ids = edited(played.saved, edits), concerned(played.saved, edits)
    assert ids
    result, whole = played.of(proposal, *ids), played.whole(proposal)
    fates = played.fates(proposal, result.waiting)

    for name in result.features:
        assert {each: count for each, count in result.tallies[name].items() if count} == dict(fates[name])
        assert result.outcomes[name] == next(each for each in GRAVEST if fates[name][each])
    assert whole.combinations is not None
    assert result.combinations is not None
    pairs = whole.combinations.pairs
    mine = named(pairs.columns["eerste"], result.features) | named(pairs.columns["tweede"], result.features)
    every = np.ones(len(result.combinations), dtype=bool)
    assert list(rows(result.combinations, every)) == list(rows(pairs, mine))


def test_without_edits_the_whole_variant_has_the_findings_of_a_check_and_each_feature_its_own(played: Played) -> None:
    whole = played.whole(played.saved)
    ids = tuple(drawing_of(played.saved, VARIANT).ids.tolist())

    same_findings(played.of(played.saved, *ids), whole, ids)
    assert len(played.of(played.saved, *ids).findings) > 100


def test_rules_that_wait_are_those_that_judge_the_variant_as_a_whole(played: Played) -> None:
    result, whole = played.of(played.saved), played.whole(played.saved)
    of_whole = whole.findings.columns["kenmerk"] == np.array(None)
    open_ = whole.findings.columns["uitkomst"] == NIET_TOETSBAAR  # questions that features leave open, counted
    judging = set(whole.findings.columns["regel"][of_whole & ~open_].tolist())
    of_features = set(whole.findings.columns["regel"][~of_whole].tolist())

    assert judging
    assert judging <= set(result.waiting)
    assert not of_features & set(result.waiting)


def test_once_warm_it_reads_no_file_any_more(laid_out: Path, tmp_path: Path) -> None:
    desk = copied_desk(laid_out, tmp_path / "oefenland")
    live = LiveTest(desk.snapshot, desk.bindings, None, lambda: MOMENT)
    saved = read_proposal(desk.proposal)
    live.warm(saved, Silent())
    for file in (desk.snapshot / "data").iterdir():
        file.unlink()
    for file in desk.bindings.parent.iterdir():
        file.unlink()

    ids = drawing_of(saved, VARIANT).ids.tolist()
    fresh = LiveTest(laid_out / "momentopname", laid_out / "eigen" / "koppelingen.json", None, lambda: MOMENT)
    found, wanted = (test.test(saved, VARIANT, ids, Silent()).findings for test in (live, fresh))
    assert found.columns["id"].tolist() == wanted.columns["id"].tolist()
    assert found.columns["melding"].tolist() == wanted.columns["melding"].tolist()
