"""The tables of several deliveries as one: written to a GeoPackage, and kept as far as the sums need them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.features.geopackage import Column, Layer, create, insert_rows, read_layer, transaction
from novex_plugin.core.features.table import FeatureTable, attribute_table
from novex_plugin.core.merge.offers import Offer
from novex_plugin.core.progress import Progress, stop_if_cancelled
from novex_plugin.core.proposal.problems import repeated
from novex_plugin.core.proposal.schema import FEATURE_TABLES, proposal_layers

DELIVERY = "levering"
"""The column, and the table, that say which delivery a row comes from: the code of its province."""

_ATTRIBUTES = ("bijdrage", "verklaring", "motivering")
_SUMMED = {
    **dict.fromkeys(
        FEATURE_TABLES.values(),
        ("id", "variant", "legenda", "rol", "naam", "precisie", "status", "eind_jaar", "horizon", "provincie",
         "novex_gebied", "meervoudig"),
    ),
    "bijdrage": ("id", "kenmerk", "indicator", "waarde", "eenheid", "jaar", "status"),
}  # fmt: skip
"""What the balance, the overlaps and the gaps read."""


@dataclass(frozen=True)
class Joined:
    """Deliveries as one proposal: the feature tables and `bijdrage`, with the column `levering`.

    Rows come by province, then id; `fid` is that of the national GeoPackage. An id that several deliveries use has the
    province behind it, so that every feature and contribution is itself; `kenmerk` is the id as it was delivered.
    """

    agreement: Agreement
    tables: Mapping[str, FeatureTable]

    @property
    def areas(self) -> FeatureTable:
        """The polygons that stay or come: what lapses takes no ground."""
        rows = self.tables[FEATURE_TABLES["vlak"]]
        return rows.take(rows.columns["rol"] != "vervalt")

    def origin(self) -> Mapping[str, tuple[str, str]]:
        """The province that delivers each feature and the feature's own id, by the id that it has here."""
        drawn = [self.tables[table].columns for table in FEATURE_TABLES.values()]
        return {
            name: (code, own)
            for each in drawn
            for name, code, own in zip(
                each["id"].tolist(), each[DELIVERY].tolist(), each["kenmerk"].tolist(), strict=True
            )
        }


def joined_layers(agreement: Agreement) -> tuple[Layer, ...]:
    """The tables of deliveries together, and that of the deliveries themselves."""
    provinces = agreement.codes("provincie")
    of = Column(DELIVERY, required=True, allowed=provinces, title="Levering van provincie")
    wanted = (*FEATURE_TABLES.values(), *_ATTRIBUTES)
    layers = (layer for layer in proposal_layers(agreement) if layer.name in wanted)
    # An id is one within its delivery: two provinces may both hand over the same feature.
    together = tuple(
        replace(layer, columns=(of, *(replace(column, unique=False) for column in layer.columns))) for layer in layers
    )
    texts = {
        "naam": "Provincie",
        "bestand": "Bestand",
        "moment": "Moment van de inhoud",
        "voorstel": "Kenmerk van het voorstel",
        "titel": "Titel",
        "variant": "Variant",
        "afspraken": "Afspraken",
        "plugin": "Versie van de plugin",
        "digest": "Digest van het voorstel",
    }
    columns = [Column("provincie", required=True, unique=True, allowed=provinces, title="Code van de provincie")]
    columns += [Column(name, "DATETIME" if name == "moment" else "TEXT", title=title) for name, title in texts.items()]
    columns += [Column("concept", "BOOLEAN", title="Concept"), Column("objecten", "INTEGER", title="Aantal objecten")]
    return (*together, Layer(DELIVERY, None, tuple(columns), title="Samengevoegde leveringen"))


def write_joined(
    target: Path, agreement: Agreement, offers: Sequence[Offer], more: Sequence[Layer], progress: Progress
) -> Joined:
    """Write the deliveries, ordered by province, to a new GeoPackage with the tables `more` beside them.

    One delivery at a time is in memory whole; what comes back has only the columns that sums need.
    """
    layers = joined_layers(agreement)
    moment = max(each.moment for each in offers)
    create(target, [*layers, *more], moment=moment.replace("Z", ".000Z"))
    parts: dict[str, list[FeatureTable]] = {name: [] for name in _SUMMED}
    with transaction(target) as connection:
        for offer in offers:
            stop_if_cancelled(progress)
            for rows in _rows(offer, layers):
                insert_rows(connection, target, rows.name, rows)
                if rows.name in parts:
                    parts[rows.name].append(_narrowed(rows))
        insert_rows(connection, target, DELIVERY, _deliveries(agreement, offers))
    tables = {name: _together(name, several) for name, several in parts.items()}
    return Joined(agreement, _told_apart(tables))


def _rows(offer: Offer, layers: Sequence[Layer]) -> Iterator[FeatureTable]:
    """The tables of a delivery with its province, ordered by id."""
    for layer in layers:
        if layer.name == DELIVERY:
            continue
        rows = read_layer(offer.proposal, layer.name)
        rows = rows.take(np.argsort(rows.column("id").astype(str), kind="stable"))
        named = {column.name: rows.columns[column.name] for column in layer.columns if column.name != DELIVERY}
        columns = {DELIVERY: np.full(len(rows), offer.province, dtype=object), **named}
        yield replace(rows, columns=columns)


def _narrowed(rows: FeatureTable) -> FeatureTable:
    return replace(rows, columns={name: rows.columns[name] for name in (DELIVERY, *_SUMMED[rows.name])})


def _together(name: str, several: Sequence[FeatureTable]) -> FeatureTable:
    columns = {
        column: np.concatenate([rows.columns[column] for rows in several]) for column in (DELIVERY, *_SUMMED[name])
    }
    geometry = np.concatenate([rows.geometry for rows in several])
    columns["fid"] = np.arange(1, len(geometry) + 1)
    return FeatureTable(name, geometry, columns, several[0].epsg)


def _deliveries(agreement: Agreement, offers: Sequence[Offer]) -> FeatureTable:
    rows = [
        {
            "provincie": each.province,
            "naam": agreement.label("provincie", each.province).nl,
            "bestand": each.file,
            "moment": each.moment.replace("Z", ".000Z"),
            "voorstel": each.manifest["proposal"]["id"],
            "titel": each.manifest["proposal"]["title"],
            "variant": each.manifest["proposal"]["variant"],
            "afspraken": each.carried_from or each.agreement,
            "plugin": each.manifest["plugin"]["version"],
            "digest": f"sha256:{each.digest}",
            "concept": int(each.manifest["draft"]),
            "objecten": each.features,
        }
        for each in offers
    ]
    return attribute_table(DELIVERY, {name: texts([row[name] for row in rows]) for name in rows[0]})


def texts(values: Sequence[Any]) -> NDArray[np.object_]:
    """Values as a column, whatever they are."""
    column = np.empty(len(values), dtype=object)
    column[:] = values
    return column


def _told_apart(tables: Mapping[str, FeatureTable]) -> dict[str, FeatureTable]:
    """The tables with ids, and references to them, that stand for one feature or contribution each."""
    drawn = [tables[table] for table in FEATURE_TABLES.values()]
    features = _shared_ids(drawn)
    result = {
        rows.name: _renamed(replace(rows, columns={**rows.columns, "kenmerk": rows.columns["id"]}), "id", features)
        for rows in drawn
    }
    amounts = _renamed(tables["bijdrage"], "kenmerk", features)
    return result | {"bijdrage": _renamed(amounts, "id", _shared_ids([amounts]))}


def _shared_ids(several: Sequence[FeatureTable]) -> NDArray[np.str_]:
    """The ids that stand in more deliveries than one."""
    ids = np.concatenate([rows.columns["id"].astype(str) for rows in several])
    of = np.concatenate([rows.columns[DELIVERY] for rows in several])
    every = np.concatenate([np.unique(ids[of == code]) for code in np.unique(of.astype(str))] or [ids])
    shared: NDArray[np.str_] = np.unique(every[repeated(every)])
    return shared


def _renamed(rows: FeatureTable, column: str, shared: NDArray[np.str_]) -> FeatureTable:
    values = rows.columns[column].copy()
    again = np.isin(values.astype(str), shared)
    of = rows.columns[DELIVERY][again].tolist()
    values[again] = [f"{value} ({code})" for value, code in zip(values[again].tolist(), of, strict=True)]
    return replace(rows, columns={**rows.columns, column: values})
