"""Forms to fill in a proposal, made from the agreement: lists in Dutch, what is required, defaults and checks.

All expressions are made here, from the agreement's codes and quoted by QGIS; none is read from a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape

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
_LAST_STEP = 20
_LONG = ("toelichting", "trede_reden")
_TECHNICAL = ("id", "gewijzigd", "kenmerk")

_GROUPS = (
    ("Wat", ("legenda", "rol", "naam", "programma", "precisie", "status", "variant", "meervoudig")),
    ("Waar en wanneer", ("provincie", "novex_gebied", "start_jaar", "eind_jaar", "horizon")),
    ("Toelichting", ("toelichting", "bron", "trede", "trede_reden")),
)
_LABEL_ABOVE = ("meervoudig", "toelichting", "trede_reden", "indicator")
"""Fields whose name or content is long: a label beside them would leave all fields of the form too narrow."""

_CHOOSE, _NONE, _UNKNOWN, _FOLLOWS = "(kies)", "(geen)", "(onbekend)", "(volgt)"
_FEATURE_NAME = 'coalesce(nullif("naam", \'\'), represent_value("legenda"))'
_CONTRIBUTION_NAME = (
    "concat(represent_value(\"indicator\"), ': ' || format_number(\"waarde\", 2, 'nl', false, true), ', ' || \"jaar\")"
)
"""What a feature and a contribution are called in a list: an id tells nobody anything."""


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
    units = agreement.drawn_as(geometry_type)
    listed = _by_label((unit.code, unit.label.nl) for unit in units)
    _set_widget(layer, "legenda", "ValueMap", _value_map(listed, _CHOOSE))
    programme = _when("legenda", ((unit.code, unit.programme) for unit in units))
    # It follows the unit while a feature is drawn, and after that only where it is missing: QGIS works this out again
    # at every change, and somebody may have chosen another programme on purpose.
    undecided = "@form_mode = 'AddFeatureMode' OR \"programma\" IS NULL"
    follows = f'CASE WHEN {undecided} THEN {programme} ELSE "programma" END'
    _set_default(layer, "programma", QgsDefaultValue(follows, True))
    for column in columns:
        _set_checks(layer, agreement, geometry_type, column)
    layer.setDisplayExpression(_FEATURE_NAME)
    _arrange(layer, agreement, geometry_type)


def set_contribution_form(layer: QgsVectorLayer, agreement: Agreement) -> None:
    """Give the layer of the table `bijdrage` its form: a list of indicators, each with the unit it is counted in."""
    (table,) = (each for each in proposal_layers(agreement) if each.name == "bijdrage")
    for column in table.columns:
        _set_field(layer, agreement, column, ANYWHERE)
    indicators = _by_label((each.id, f"{each.label.nl} ({each.unit})") for each in agreement.indicators)
    _set_widget(layer, "fid", "Hidden", {})
    _set_widget(layer, "indicator", "ValueMap", _value_map(indicators, _CHOOSE))
    _set_widget(layer, "eenheid", "ValueMap", _value_map(_codes(agreement, "eenheid", ANYWHERE), _FOLLOWS))
    # The unit follows from the indicator: two ways to say it would be one too many.
    followed = _when("indicator", ((each.id, each.unit) for each in agreement.indicators))
    _set_default(layer, "eenheid", QgsDefaultValue(followed, True))
    layer.setDisplayExpression(_CONTRIBUTION_NAME)
    form = layer.editFormConfig()
    _label_above(layer, form)
    form.setReadOnly(layer.fields().indexOf("eenheid"), True)
    layer.setEditFormConfig(form)


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
    if given is None and column.name in _LONG:
        # A box of several lines shows a missing text as the word NULL, which people would have to wipe out first.
        given = ""
    return QgsDefaultValue(_quoted(given), False) if given is not None else None


def _widget(agreement: Agreement, column: Column, start: Start) -> tuple[str, dict[str, object]]:
    """The kind of widget of a field, with its settings."""
    name = column.name
    if name in _TECHNICAL:
        return "Hidden", {}
    if name == "variant":
        return "UniqueValues", {"Editable": True}
    if name in _LISTS and name in agreement.code_lists:
        return "ValueMap", _value_map(_codes(agreement, name, start), _nothing(column, start))
    # Numbers are chosen from a list: a box for numbers shows a missing one as NULL, and counts from the lowest.
    if name in _YEARS:
        return "ValueMap", _value_map(_numbers(FIRST_YEAR, LAST_YEAR), _UNKNOWN)
    if name == "trede":
        return "ValueMap", _value_map(_numbers(1, _LAST_STEP), _NONE)
    return "TextEdit", {"IsMultiline": name in _LONG}


def _nothing(column: Column, start: Start) -> str | None:
    """What a list calls no value; None where there always is one."""
    if not column.required:
        return _NONE
    return None if _default(column, start) else _CHOOSE


def _codes(agreement: Agreement, code_list: str, start: Start) -> list[tuple[str, str]]:
    """Codes with their labels; of areas only those of the province, where it is known."""
    return [
        (code.code, code.label.nl)
        for code in agreement.code_lists[code_list]
        if not (start.province and code.provinces) or start.province in code.provinces
    ]


def _by_label(codes: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """A long list is searched by name."""
    return sorted(codes, key=lambda code: code[1].casefold())


def _numbers(first: int, last: int) -> Iterator[tuple[str, str]]:
    return ((str(number), str(number)) for number in range(first, last + 1))


def _value_map(codes: Iterable[tuple[str, str]], nothing: str | None) -> dict[str, object]:
    rows = [{label: code} for code, label in codes]
    return {"map": [{nothing: QgsValueMapFieldFormatter.NULL_VALUE}, *rows] if nothing else rows}


def _when(field: str, cases: Iterable[tuple[str, str]]) -> str:
    """An expression that gives a text for each code of a field, and nothing for any other."""
    branches = " ".join(f'WHEN "{field}" = {_quoted(code)} THEN {_quoted(text)}' for code, text in cases)
    return f"CASE {branches} END" if branches else "NULL"


def _set_default(layer: QgsVectorLayer, field: str, default: QgsDefaultValue) -> None:
    place = layer.fields().indexOf(field)
    if place >= 0:
        layer.setDefaultValueDefinition(place, default)


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


def _arrange(layer: QgsVectorLayer, agreement: Agreement, geometry_type: str) -> None:
    """Fields in groups, in the order in which one thinks of them; what is technical is left out."""
    form = layer.editFormConfig()
    form.setLayout(Qgis.AttributeFormLayout.DragAndDrop)
    form.clearTabs()
    root = form.invisibleRootContainer()
    for title, fields in _GROUPS:
        group = _group(layer, title, fields, root)
        if "meervoudig" in fields:
            group.addChildElement(_hint(agreement, group))
        form.addTab(group)
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
    _label_above(layer, form)
    layer.setEditFormConfig(form)


def _label_above(layer: QgsVectorLayer, form: QgsEditFormConfig) -> None:
    for field in _LABEL_ABOVE:
        place = layer.fields().indexOf(field)
        if place >= 0:
            form.setLabelOnTop(place, True)


def _group(
    layer: QgsVectorLayer, title: str, fields: tuple[str, ...], parent: QgsAttributeEditorElement
) -> QgsAttributeEditorContainer:
    group = QgsAttributeEditorContainer(title, parent)
    group.setType(Qgis.AttributeEditorContainerType.Tab)
    for field in fields:
        place = layer.fields().indexOf(field)
        if place >= 0:
            group.addChildElement(QgsAttributeEditorField(field, place, group))
    return group


def _hint(agreement: Agreement, group: QgsAttributeEditorContainer) -> QgsAttributeEditorTextElement:
    """How to name several legend units: an example of two that have little to do with each other."""
    first, *others = agreement.legend
    other = next((unit for unit in others if unit.perspective != first.perspective), first)
    hint = QgsAttributeEditorTextElement("meervoudig", group)
    hint.setText(f"<i>Hun codes, met komma's ertussen, bijvoorbeeld: {escape(first.code)}, {escape(other.code)}.</i>")
    hint.setShowLabel(False)
    return hint


def _quoted(value: object) -> str:
    return str(QgsExpression.quotedValue(value))
