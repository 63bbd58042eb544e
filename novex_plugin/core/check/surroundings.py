"""What is drawn around a few features, found without looking at every other one."""

from __future__ import annotations

import numpy as np
import shapely

from novex_plugin.core.check.drawing import Drawing
from novex_plugin.core.check.drawing_part import shapes_of
from novex_plugin.core.features.overlay import Geometries, Indexed
from novex_plugin.core.features.table import FeatureTable
from novex_plugin.core.proposal.read import Proposal
from novex_plugin.core.proposal.schema import FEATURE_TABLES


class Surroundings:
    """Finds features of a variant near some place; the index of a table is kept until the table is edited."""

    def __init__(self) -> None:
        self._kept: dict[str, Indexed] = {}

    def near(
        self,
        proposal: Proposal,
        variant: str,
        geometry: Geometries,
        distance: float = 0.0,
        units: frozenset[str] | None = None,
    ) -> Drawing:
        """The features (of these legend units; None: any) whose box lies within a distance (m) of the box of one of
        these geometries."""
        boxes = shapely.bounds(geometry) + np.array([-distance, -distance, distance, distance])
        places = shapely.box(*boxes[~np.isnan(boxes).any(axis=1)].T)
        features = {}
        for name in FEATURE_TABLES.values():
            rows = proposal.tables[name]
            found = np.unique(self._indexed(rows).tree.query(places)[1])
            found = found[np.asarray(rows.columns["variant"][found] == variant, dtype=bool)]
            if units is not None:
                found = found[np.isin(rows.columns["legenda"][found].astype(str), list(units))]
            features[name] = rows.take(found)
        return shapes_of(proposal, variant, features)

    def _indexed(self, rows: FeatureTable) -> Indexed:
        kept = self._kept.get(rows.name)
        if kept is None or kept.geometry is not rows.geometry:
            kept = self._kept[rows.name] = Indexed(rows.geometry)
        return kept
