"""Variants: new, copied, renamed, switched, told apart on the map."""

from __future__ import annotations

from qgis.core import QgsExpressionContextUtils, QgsProject, QgsRenderContext
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QDialogButtonBox

from novex_plugin.qgis_adapter.shown_variant import VARIABLE
from novex_plugin.ui.draw.variants import VariantDialog, code_of
from tests.qgis.ui.drawing_desk import DrawingDesk

OK = QDialogButtonBox.StandardButton.Ok


def answer(desk: DrawingDesk, name: str, code: str | None = None) -> VariantDialog:
    """Fill in the dialog that is open, and press OK."""
    dialog = desk.dock.variants.findChild(VariantDialog)
    assert dialog is not None
    dialog.name.clear()
    QTest.keyClicks(dialog.name, name)
    if code is not None:
        dialog.code.clear()
        QTest.keyClicks(dialog.code, code)
    dialog.buttons.button(OK).click()
    desk.settle()
    return dialog


def drawn_on_map(desk: DrawingDesk) -> set[str]:
    """The variants of the areas that the map shows."""
    shown = set()
    renderer, context = desk.areas.renderer().clone(), QgsRenderContext()
    context.setExpressionContext(desk.areas.createExpressionContext())
    renderer.startRender(context, desk.areas.fields())
    for row in desk.areas.getFeatures():
        context.expressionContext().setFeature(row)
        if renderer.willRenderFeature(row, context):
            shown.add(row["variant"])
    renderer.stopRender(context)
    return shown


def test_a_copied_variant_has_everything_with_new_ids_and_is_undone_as_one(desk: DrawingDesk) -> None:
    before = desk.digest()
    desk.dock.variants.copy_button.click()
    answer(desk, "Compact", "compact")
    assert desk.bench.variant == "compact"
    assert desk.dock.variants.box.currentText() == "Compact"
    for name in ("voorstel_vlak", "voorstel_lijn", "voorstel_punt"):
        rows = list(desk.layers[name].getFeatures())
        old = [row for row in rows if row["variant"] == "basis"]
        new = [row for row in rows if row["variant"] == "compact"]
        assert len(old) == len(new) > 0
        assert sorted(row.geometry().asWkt(2) for row in old) == sorted(row.geometry().asWkt(2) for row in new)
        assert not {row["id"] for row in old} & {row["id"] for row in new}
    owners = {row["id"] for row in desk.areas.getFeatures() if row["variant"] == "compact"}
    contributions = list(desk.layers["bijdrage"].getFeatures())
    assert len(contributions) == 2 * len(before["bijdrage"])
    assert any(row["kenmerk"] in owners for row in contributions)
    assert len({row["id"] for row in contributions}) == len(contributions)
    statements = list(desk.layers["verklaring"].getFeatures())
    assert len(statements) == 2 * len(before["verklaring"])
    changed = next(layer for layer in desk.bench.proposal.features.values() if layer.undoStack().count())
    copied = desk.digest()
    changed.undoStack().undo()
    assert desk.digest() == before
    desk.settle()
    assert desk.bench.variant == "basis", "what is not there cannot be drawn in"
    changed.undoStack().redo()
    assert desk.digest() == copied
    for layer in desk.bench.proposal.features.values():
        if layer.isEditable():
            assert layer.commitChanges()
    assert not any(layer.isModified() for layer in desk.layers.values()), "saved with the features"
    assert [code for code, _ in desk.bench.proposal.variants()] == ["basis", "compact"]


def test_the_map_shows_the_open_variant_alone_also_while_one_draws(desk: DrawingDesk) -> None:
    plain = desk.areas.renderer().classAttribute()
    desk.dock.variants.copy_button.click()
    answer(desk, "Compact", "compact")
    assert desk.areas.isEditable()
    assert drawn_on_map(desk) == {"compact"}
    box = desk.dock.variants.box
    box.setCurrentIndex(box.findData("basis"))
    box.activated.emit(box.currentIndex())
    assert drawn_on_map(desk) == {"basis"}
    assert desk.drawn("woningbouw")["variant"] == "basis"
    desk.bench.choose_variant("compact")
    place = desk.areas.fields().indexOf("variant")
    assert desk.areas.defaultValue(place) == "compact", "what QGIS's own tool draws is seen too"
    QgsExpressionContextUtils.setProjectVariable(QgsProject.instance(), VARIABLE, None)
    assert drawn_on_map(desk) == {"basis", "compact"}, "a project that names no variant hides nothing"
    desk.dock.release()
    assert desk.areas.renderer().classAttribute() == plain
    assert desk.areas.defaultValueDefinition(place).expression() == "'basis'"


def test_a_selection_can_be_copied_to_another_variant(desk: DrawingDesk) -> None:
    row = desk.drawn("woningbouw")
    desk.fill("woningen", "400")
    desk.dock.variants.new_button.click()
    answer(desk, "Ruim")
    assert desk.bench.variant == "ruim"
    desk.bench.choose_variant("basis")
    desk.dock.selected.choose_id(row["id"])
    before = desk.digest()
    assert desk.dock.edits.copy_to(desk.areas, [desk.shown()], "ruim") == 1
    (copy,) = (each for each in desk.areas.getFeatures() if each["variant"] == "ruim")
    assert copy["id"] != row["id"]
    assert desk.amounts(copy["id"]) == {"woningen": 400.0}
    desk.areas.undoStack().undo()
    assert desk.digest() == before


def test_codes_of_variants_are_made_from_names_and_not_used_twice(desk: DrawingDesk) -> None:
    assert code_of("  Regio's & Kernen één ") == "regio-s-kernen-een"
    assert len(code_of("x" * 500)) == 60
    desk.dock.variants.new_button.click()
    dialog = answer(desk, "Basis")
    assert not dialog.buttons.button(OK).isEnabled()
    assert "basis" in dialog.trouble.text()
    for code in ("BASIS", "a b", "é", "", "-a"):
        dialog.code.setText(code)
        dialog.code.textEdited.emit(code)
        assert not dialog.buttons.button(OK).isEnabled(), code
    dialog.reject()
    assert [code for code, _ in desk.bench.proposal.variants()] == ["basis"]


def test_a_renamed_variant_keeps_its_code_and_features(desk: DrawingDesk) -> None:
    count = len(list(desk.areas.getFeatures()))
    desk.dock.variants.ask_name()
    answer(desk, "Uitgangspunt")
    assert desk.bench.proposal.variants() == (("basis", "Uitgangspunt"),)
    assert desk.dock.variants.box.currentText() == "Uitgangspunt"
    assert sum(row["variant"] == "basis" for row in desk.areas.getFeatures()) == count
