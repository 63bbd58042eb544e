"""The metadata of a delivery on QGIS's own layers, from the same record as the XML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from qgis.core import (
    Qgis,
    QgsBox3d,
    QgsCoordinateReferenceSystem,
    QgsLayerMetadata,
    QgsMapLayer,
    QgsProviderRegistry,
)
from qgis.PyQt.QtCore import QDate, QDateTime, Qt, QTime

from novex_plugin.core.delivery.metadata import Record
from novex_plugin.core.delivery.metadata_lineage import Step

_TOPICS = "gmd:topicCategory"
"""The vocabulary under which QGIS keeps categories."""


def layer_metadata(record: Record) -> QgsLayerMetadata:
    """A record as QGIS keeps metadata. Contacts are organisations: QGIS asks a name, and gets theirs."""
    metadata = QgsLayerMetadata()
    metadata.setIdentifier(record.dataset_id)
    metadata.setParentIdentifier(record.parent or "")
    metadata.setType("dataset")
    metadata.setLanguage("dut")
    metadata.setEncoding("UTF-8")
    metadata.setTitle(record.title)
    metadata.setAbstract(record.abstract)
    metadata.setKeywords({"NOVEX": list(record.keywords), _TOPICS: list(record.topics)})
    metadata.setContacts([_contact(record)])
    metadata.setLicenses([f"{record.licence_text} ({record.licence_address})"])
    metadata.setConstraints([QgsLayerMetadata.Constraint(record.use_limitation, "useLimitation")])
    metadata.setLinks([_link(record)])
    metadata.setHistory([record.lineage.statement, *map(_told, record.lineage.steps), *record.lineage.sources])
    metadata.setCrs(QgsCoordinateReferenceSystem("EPSG:28992"))
    metadata.setExtent(_extent(record))
    metadata.setDateTime(Qgis.MetadataDateType.Created, _midnight(record.created))
    metadata.setDateTime(Qgis.MetadataDateType.Revised, _midnight(record.revised))
    return metadata


def describe_layers(layers: Iterable[QgsMapLayer], records: Mapping[str, Record]) -> list[str]:
    """Give each layer the metadata of its table, and say which tables were found, in the order of the layers."""
    found = []
    for layer in layers:
        parts = QgsProviderRegistry.instance().decodeUri(layer.providerType(), layer.source())
        table = parts.get("layerName") or parts.get("table") or layer.name()
        if table in records:
            layer.setMetadata(layer_metadata(records[table]))
            found.append(table)
    return found


def _contact(record: Record) -> QgsLayerMetadata.Contact:
    contact = QgsLayerMetadata.Contact(record.contact.organisation)
    contact.organization = record.contact.organisation
    contact.email = record.contact.email
    contact.role = record.contact.role
    return contact


def _link(record: Record) -> QgsLayerMetadata.Link:
    link = QgsLayerMetadata.Link("Licentie", "WWW:LINK", record.licence_address)
    link.description = record.licence_text
    return link


def _extent(record: Record) -> QgsLayerMetadata.Extent:
    west, south, east, north = record.bounds
    spatial = QgsLayerMetadata.SpatialExtent()
    spatial.extentCrs = QgsCoordinateReferenceSystem("EPSG:4326")
    spatial.bounds = QgsBox3d(west, south, 0, east, north, 0)
    extent = QgsLayerMetadata.Extent()
    extent.setSpatialExtents([spatial])
    return extent


def _told(step: Step) -> str:
    return step.description if step.moment is None else f"{step.moment[:10]}: {step.description}"


def _midnight(day: str) -> QDateTime:
    return QDateTime(QDate.fromString(day, Qt.DateFormat.ISODate), QTime(0, 0), Qt.TimeSpec.UTC)
