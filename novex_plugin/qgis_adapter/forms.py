"""Forms to fill in a proposal, made from the agreement: lists in Dutch, what is required, defaults and checks.

All expressions are made here, from the agreement's codes and quoted by QGIS; none is read from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qgis.core import (
    Qgis,
    QgsAttributeEditorContainer,
    QgsAttributeEditorElement,
    QgsAttributeEditorField,
    QgsAttributeEditorRelation,
    QgsAttributeEditorTextElement,
    QgsDefaultValue,
    QgsEditFormConfig,
    QgsEditorWidgetSetup,
    QgsExpression,
    QgsFieldConstraints,
    QgsOptionalExpression,
    QgsValueMapFieldFormatter,
    QgsVectorLayer,
)

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column
from novex_plugin.core.proposal.schema import feature_columns, proposal_layers

FIRST_YEAR, LAST_YEAR = 2020, 2100
_YEARS = ("start_jaar", "eind_jaar", "jaar")
_LISTS = ("rol", "programma", "precisie", "status", "horizon", "provincie", "novex_gebied", "eenheid")
_LONG = ("toelichting", "trede_reden")
_TECHNICAL = ("id", "gewijzigd", "kenmerk")

_GROUPS = (
    ("Wat", ("legenda", "rol", "naam", "programma", "meervoudig", "variant")),
    (
        "Waar en wanneer",
        ("provincie", "novex_gebied", "precisie", "status", "start_jaar", "eind_jaar", "horizon"),
    ),
    ("Toelichting", ("toelichting", "bron", "trede", "trede_reden")),
)
_HINTS = {
    "Wat": "Andere legenda-eenheden: hun codes, met komma's ertussen.",
    "Waar en wanneer": f"Jaren liggen tussen {FIRST_YEAR} en {LAST_YEAR}. Leeg mag: nog niet bekend.",
}


@dataclass(frozen=True)
class Start:
    """What new features start with; None leaves it to who draws."""

    province: str | None = None
    variant: str | None = None


ANYWHERE = Start()


def set_form(layer: QgsVectorLayer, agreement: Agreement, geometry_type: str, start: Start = ANYWHERE) -> None:
    """Give the layer of a feature table (`vlak`, `lijn`, `punt`) its form; fields that it lacks are passed over."""
    columns = feature_columns(agreement, geometry_type)
    for column in columns:
        _set_field(layer, agreement, column, start)
    units = [(unit.code, unit.label.nl) for unit in agreement.drawn_as(geometry_type)]
    _set_widget(layer, "legenda", "ValueMap", _value_map(units, optional=False))
    for column in columns:
        _set_checks(layer, agreement, geometry_type, column)
    _arrange(layer, geometry_type)


def set_contribution_form(layer: QgsVectorLayer, agreement: Agreement) -> None:
    """Give the layer of the table `bijdrage` its form: a list of indicators, each with the unit it is counted in."""
    (table,) = (each for each in proposal_layers(agreement) if each.name == "bijdrage")
    for column in table.columns:
        _set_field(layer, agreement, column, ANYWHERE)
    indicators = [(each.id, f"{each.label.nl} ({each.unit})") for each in agreement.indicators]
    _set_widget(layer, "fid", "Hidden", {})
    _set_widget(layer, "indicator", "ValueMap", _value_map(indicators, optional=False))
    cases = " ".join(
        f'WHEN "indicator" = {_quoted(each.id)} THEN {_quoted(each.unit)}' for each in agreement.indicators
    )
    if cases:
        # The unit follows from the indicator: two ways to say it would be one too many.
        follows = QgsDefaultValue(f"CASE {cases} END", True)
        layer.setDefaultValueDefinition(layer.fields().indexOf("eenheid"), follows)


def relation_name(geometry_type: str) -> str:
    """The identifier of the relation between a feature table and its contributions."""
    return f"bijdragen_{geometry_type}"


def _set_field(layer: QgsVectorLayer, agreement: Agreement, column: Column, start: Start) -> None:
    place = layer.fields().indexOf(column.name)
    if place < 0:
        return
    layer.setFieldAlias(place, column.title or column.name)
    _set_constraints(layer, place, column)
    if default := _default(column, start):
        layer.setDefaultValueDefinition(place, default)
    if column.name == "id":
        # A feature that is split off or copied is another feature.
        layer.setFieldSplitPolicy(place, Qgis.FieldDomainSplitPolicy.DefaultValue)
        layer.setFieldDuplicatePolicy(place, Qgis.FieldDuplicatePolicy.DefaultValue)
    kind, settings = _widget(agreement, column, start)
    layer.setEditorWidgetSetup(place, QgsEditorWidgetSetup(kind, settings))


def _set_constraints(layer: QgsVectorLayer, place: int, column: Column) -> None:
    hard = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    if column.required:
        layer.setFieldConstraint(place, QgsFieldConstraints.Constraint.ConstraintNotNull, hard)
    if column.unique:
        layer.setFieldConstraint(place, QgsFieldConstraints.Constraint.ConstraintUnique, hard)


def _default(column: Column, start: Start) -> QgsDefaultValue | None:
    if column.name == "id":
        return QgsDefaultValue("uuid('WithoutBraces')", False)
    if column.name == "gewijzigd":
        return QgsDefaultValue("now()", True)
    given = {"provincie": start.province, "variant": start.variant}.get(column.name) or column.default
    return QgsDefaultValue(_quoted(given), False) if given is not None else None


def _widget(agreement: Agreement, column: Column, start: Start) -> tuple[str, dict[str, object]]:
    """The kind of widget of a field, with its settings."""
    name = column.name
    if name in _TECHNICAL:
        return "Hidden", {}
    if name == "variant":
        return "UniqueValues", {"Editable": True}
    if name in _LISTS and name in agreement.code_lists:
        return "ValueMap", _value_map(_codes(agreement, name, start), optional=not column.required)
    if name in _YEARS:
        return "Range", {"Min": FIRST_YEAR, "Max": LAST_YEAR, "Step": 1, "Style": "SpinBox", "AllowNull": True}
    if name == "trede":
        return "Range", {"Min": 1, "Max": 20, "Step": 1, "Style": "SpinBox", "AllowNull": True}
    return "TextEdit", {"IsMultiline": name in _LONG}


def _codes(agreement: Agreement, code_list: str, start: Start) -> list[tuple[str, str]]:
    """Codes with their labels; of areas only those of the province, where it is known."""
    return [
        (code.code, code.label.nl)
        for code in agreement.code_lists[code_list]
        if not (start.province and code.provinces) or start.province in code.provinces
    ]


def _value_map(codes: Iterable[tuple[str, str]], optional: bool) -> dict[str, object]:
    rows = [{label: code} for code, label in codes]
    nothing = [{"(geen)": QgsValueMapFieldFormatter.NULL_VALUE}] if optional else []
    return {"map": nothing + rows}


def _set_widget(layer: QgsVectorLayer, field: str, kind: str, settings: dict[str, object]) -> None:
    place = layer.fields().indexOf(field)
    if place >= 0:
        layer.setEditorWidgetSetup(place, QgsEditorWidgetSetup(kind, settings))


def _set_checks(layer: QgsVectorLayer, agreement: Agreement, geometry_type: str, column: Column) -> None:
    """What must hold of a field beside being filled: years in range, and what only some legend units require."""
    checks = list(_year_checks(column.name))
    units = [unit for unit in agreement.drawn_as(geometry_type) if column.name in unit.required]
    if units and not column.required:
        codes = ", ".join(_quoted(unit.code) for unit in units)
        filled = f'"{column.name}" IS NOT NULL AND "{column.name}" <> \'\''
        told = f"Verplicht bij: {', '.join(unit.label.nl for unit in units)}."
        checks.append((f"coalesce(\"legenda\", '') NOT IN ({codes}) OR ({filled})", told))
    place = layer.fields().indexOf(column.name)
    if place < 0 or not checks:
        return
    layer.setConstraintExpression(
        place, " AND ".join(f"({allowed})" for allowed, _ in checks), " ".join(told for _, told in checks)
    )
    hard = QgsFieldConstraints.ConstraintStrength.ConstraintStrengthHard
    layer.setFieldConstraint(place, QgsFieldConstraints.Constraint.ConstraintExpression, hard)


def _year_checks(field: str) -> Iterator[tuple[str, str]]:
    if field in ("start_jaar", "eind_jaar"):
        told = f"Het jaar ligt tussen {FIRST_YEAR} en {LAST_YEAR}."
        yield f'"{field}" IS NULL OR "{field}" BETWEEN {FIRST_YEAR} AND {LAST_YEAR}', told
    if field == "eind_jaar":
        ordered = '"eind_jaar" IS NULL OR "start_jaar" IS NULL OR "eind_jaar" >= "start_jaar"'
        yield ordered, "Het eindjaar ligt niet voor het beginjaar."


def _arrange(layer: QgsVectorLayer, geometry_type: str) -> None:
    """Fields in groups, in the order in which one thinks of them; what is technical is left out."""
    form = QgsEditFormConfig()
    form.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    form.clearTabs()
    root = form.invisibleRootContainer()
    for title, fields in _GROUPS:
        form.addTab(_group(layer, title, fields, root))
    contributions = QgsAttributeEditorContainer("Bijdragen", root)
    contributions.setType(Qgis.AttributeEditorContainerType.Tab)
    shown = QgsAttributeEditorRelation(relation_name(geometry_type), contributions)
    shown.setRelationWidgetTypeId("relation_editor")
    shown.setShowLabel(False)
    contributions.addChildElement(shown)
    # Without the table of contributions in the project there is no relation, and nothing to fill in.
    related = QgsExpression(f"relation_aggregate('{relation_name(geometry_type)}', 'count', \"id\") >= 0")
    contributions.setVisibilityExpression(QgsOptionalExpression(related))
    form.addTab(contributions)
    layer.setEditFormConfig(form)


def _group(
    layer: QgsVectorLayer, title: str, fields: tuple[str, ...], parent: QgsAttributeEditorElement
) -> QgsAttributeEditorContainer:
    group = QgsAttributeEditorContainer(title, parent)
    group.setType(Qgis.AttributeEditorContainerType.Tab)
    for field in fields:
        place = layer.fields().indexOf(field)
        if place >= 0:
            group.addChildElement(QgsAttributeEditorField(field, place, group))
    if title in _HINTS:
        hint = QgsAttributeEditorTextElement(title, group)
        hint.setText(f"<i>{_HINTS[title]}</i>")
        hint.setShowLabel(False)
        group.addChildElement(hint)
    return group


def _quoted(value: object) -> str:
    return str(QgsExpression.quotedValue(value))
