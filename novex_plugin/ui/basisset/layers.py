"""Datasets of the basisset on the map: read-only, with the metadata of their record, in a group of their own."""

from __future__ import annotations

from collections.abc import Iterable

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsLayerDefinition,
    QgsLayerMetadata,
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProject,
    QgsRasterLayer,
    QgsReadWriteContext,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime
from qgis.PyQt.QtXml import QDomDocument

from novex_plugin.core.basisset.register import Service
from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.project_layers import BASISSET, group_of
from novex_plugin.ui.basisset.shelf import Item
from novex_plugin.ui.basisset.sources import Shown

DATASET, SHOWN_AS = "novex/dataset", "novex/shown_as"
"""Properties of a layer: the id of its dataset, and how it is shown."""
AS_LOCAL, AS_SERVICE = "local", "service"

_LIGHT = 0.6
"""Opacity of areas: they are the ground under the proposal."""


def local_layers(item: Item) -> list[QgsMapLayer]:
    """The layers of the local copy. Raises InputError when it is gone or cannot be read."""
    if item.file is None or item.held is None or not item.file.is_file():
        raise InputError(f"van {item.title} is geen lokale kopie.", "Haal de dataset op.")
    if item.held.is_raster:
        return [_checked(QgsRasterLayer(str(item.file), item.title, "gdal"), item.title)]
    many = len(item.held.layers) > 1
    found: list[QgsMapLayer] = []
    for each in item.held.layers:
        name = f"{item.title}: {each.name}" if many else item.title
        options = QgsVectorLayer.LayerOptions(QgsProject.instance().transformContext())
        found.append(_checked(QgsVectorLayer(f"{item.file}|layername={each.name}", name, "ogr", options), name))
    return found


def service_layers(item: Item, shown: Shown) -> list[QgsMapLayer]:
    """The layers of a service. Raises InputError when QGIS cannot read it."""
    if shown.definition:
        document = QDomDocument()
        document.setContent(shown.definition)
        made = list(QgsLayerDefinition.loadLayerDefinitionLayers(document, QgsReadWriteContext()))
    else:
        made = [
            QgsRasterLayer(uri, name, provider) if provider == "wcs" else QgsVectorLayer(uri, name, provider)
            for provider, uri, name in shown.sources
        ]
    if not made:
        raise InputError(f"de dienst van {item.title} heeft geen laag.", "Kies een andere dienst.")
    return [_checked(layer, item.title) for layer in made]


def _checked(layer: QgsMapLayer, title: str) -> QgsMapLayer:
    if not layer.isValid():
        said = layer.error().summary()[:300] or "QGIS kan de laag niet lezen"
        raise InputError(f"{title} is niet te tonen ({said}).", "Haal de dataset op, of kies een andere dienst.")
    return layer


def add_layers(project: QgsProject, item: Item, layers: Iterable[QgsMapLayer], shown_as: str) -> list[QgsMapLayer]:
    """Add layers to the group of the basisset, below the rest; those that are there already are not added again."""
    present = {layer.source(): layer for layer in of_dataset(project, item.id)}
    group = _group(project)
    added = []
    for layer in layers:
        if layer.source() in present:
            added.append(present[layer.source()])
            continue
        # A definition names its layer after its address, which two datasets may share.
        new = layer if project.mapLayer(layer.id()) is None else layer.clone()
        _prepare(new, item, shown_as)
        if project.addMapLayer(new, False) is None:
            continue
        group.insertLayer(0, new)
        added.append(new)
    return added


def of_dataset(project: QgsProject, dataset: str) -> list[QgsMapLayer]:
    """The layers of a dataset that are open."""
    return [layer for layer in project.mapLayers().values() if layer.customProperty(DATASET) == dataset]


def _group(project: QgsProject) -> QgsLayerTreeGroup:
    return group_of(project, BASISSET) or project.layerTreeRoot().addGroup(BASISSET)


def _prepare(layer: QgsMapLayer, item: Item, shown_as: str) -> None:
    layer.setCustomProperty(DATASET, item.id)
    layer.setCustomProperty(SHOWN_AS, shown_as)
    if isinstance(layer, QgsVectorLayer):
        layer.setReadOnly(True)
        if layer.geometryType() == Qgis.GeometryType.Polygon:
            layer.setOpacity(_LIGHT)
    layer.setMetadata(metadata_of(item))
    layer.serverProperties().setAttribution(attribution_of(item))
    layer.serverProperties().setTitle(item.title)


def attribution_of(item: Item) -> str:
    """Who is to be named beside a map with this dataset."""
    licence = _licence(item)
    return " · ".join(part for part in (item.owner, licence) if part)


def metadata_of(item: Item) -> QgsLayerMetadata:
    """The record as QGIS keeps metadata; of a dataset that is not in the register only what the snapshot knows."""
    metadata = QgsLayerMetadata()
    metadata.setIdentifier(item.id)
    metadata.setType("dataset")
    metadata.setLanguage("dut")
    metadata.setTitle(item.title)
    metadata.setKeywords({"NOVEX": ["basisset"]})
    if item.owner:
        contact = QgsLayerMetadata.Contact(item.owner)
        contact.organization = item.owner
        contact.role = "owner"
        metadata.setContacts([contact])
    metadata.setLicenses([_licence(item)] if _licence(item) else [])
    metadata.setRights([attribution_of(item)] if attribution_of(item) else [])
    if item.held is not None:
        metadata.setHistory([f"{item.held.time[:10]}: opgehaald van {item.held.address or 'de bron'}"])
    if (dataset := item.dataset) is not None:
        metadata.setAbstract(dataset.abstract)
        metadata.setLinks([_link(each) for each in dataset.services if each.address])
        if dataset.epsg:
            metadata.setCrs(QgsCoordinateReferenceSystem(f"EPSG:{dataset.epsg}"))
        dates = dataset.dates
        kinds = Qgis.MetadataDateType
        for kind, written in ((kinds.Created, dates.creation), (kinds.Published, dates.publication)):
            metadata.setDateTime(kind, _moment(written))
        metadata.setDateTime(kinds.Revised, _moment(dates.revision))
    return metadata


def _licence(item: Item) -> str:
    if item.dataset is not None:
        text, url = item.dataset.licence.text, item.dataset.licence.url
    elif item.held is not None:
        text, url = item.held.licence.get("text"), item.held.licence.get("url")
    else:
        return ""
    return f"{text} ({url})" if text and url else str(text or url or "")


def _link(service: Service) -> QgsLayerMetadata.Link:
    link = QgsLayerMetadata.Link(service.title or service.type, service.protocol or "WWW:LINK", service.address)
    link.description = service.layer or ""
    return link


def _moment(written: str | None) -> QDateTime:
    day = QDate.fromString((written or "")[:10], Qt.DateFormat.ISODate)
    return QDateTime(day, QTime(0, 0), Qt.TimeSpec.UTC) if day.isValid() else QDateTime()
