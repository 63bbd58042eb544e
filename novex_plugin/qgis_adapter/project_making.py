"""A project made around a proposal: what is read of the file in a worker, and what is laid in the project after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from qgis.core import QgsProject, QgsRectangle, QgsVectorLayer

from novex_plugin.core.agreement import Agreement
from novex_plugin.core.errors import InputError
from novex_plugin.core.progress import Progress, Silent, stop_if_cancelled
from novex_plugin.core.proposal.schema import FEATURE_TABLES
from novex_plugin.qgis_adapter.forms import Start
from novex_plugin.qgis_adapter.layer_metadata import describe_layers
from novex_plugin.qgis_adapter.project_frame import (
    AGREEMENT,
    PROVINCE,
    TITLE,
    VARIANT,
    frame_project,
    show_first,
    starting_view,
)
from novex_plugin.qgis_adapter.project_layers import add_in_groups, open_tables
from novex_plugin.qgis_adapter.project_layouts import ORGANISATION, make_layouts
from novex_plugin.qgis_adapter.project_themes import make_themes
from novex_plugin.qgis_adapter.proposal_place import Place

if TYPE_CHECKING:
    from novex_plugin.core.delivery.metadata import Record
    from novex_plugin.core.features.table import FeatureTable
    from novex_plugin.core.proposal.read import Proposal


@dataclass(frozen=True)
class Sighted:
    """What a project is made of: where the proposal lies, who it is of, the first variant, the metadata of its tables,
    and how many values depart from the agreement."""

    place: Place
    agreement: Agreement
    header: Mapping[str, Any]
    variant: str
    records: Mapping[str, Record]
    features: int
    problems: int

    @property
    def province(self) -> str:
        """The name of the province, or its code where the agreement does not know it."""
        return self.agreement.label("provincie", str(self.header["provincie"])).nl


def sight(place: Place, progress: Progress | None = None) -> Sighted:
    """Read a proposal, for a project to be made around it. For workers. Raises InputError when it is none."""
    from novex_plugin.core.proposal.read import read_proposal

    progress = progress or Silent()
    with place.at_hand(None, progress) as path:
        proposal = read_proposal(path)
        stop_if_cancelled(progress)
        if not proposal.variants:
            raise InputError("heeft geen variant.", "Neem een reservekopie.", path, "variant")
        variant = proposal.variants[0]
        records = _records(proposal, variant)
    count = sum(len(proposal.tables[table]) for table in FEATURE_TABLES.values())
    return Sighted(place, proposal.agreement, proposal.header, variant, records, count, len(proposal.problems))


def feature_tables(sighted: Sighted) -> dict[str, FeatureTable]:
    """What is drawn in a proposal, by table. For workers. Raises InputError."""
    tables = sighted.place.read(sighted.agreement).tables
    return {name: tables[name] for name in FEATURE_TABLES.values()}


def arrange(project: QgsProject, sighted: Sighted, view: QgsRectangle | None = None) -> dict[str, QgsVectorLayer]:
    """Lay a proposal in a project: layers in groups with forms, CRS, scales, snapping, themes and print layouts.

    Gives its tables. Raises InputError for a table that cannot be opened, with the project as it was.
    """
    province = str(sighted.header["provincie"])
    layers = open_tables(sighted.place, sighted.agreement, Start(province, sighted.variant))
    describe_layers(layers.values(), sighted.records)
    features = [layers[FEATURE_TABLES[kind]] for kind in ("punt", "lijn", "vlak")]
    frame_project(project, sighted.agreement, texts_of(sighted))
    shown = view or starting_view(features, province)
    show_first(project, shown)
    add_in_groups(project, layers)
    make_themes(project, layers, sighted.agreement)
    make_layouts(project, features, shown)
    return layers


def texts_of(sighted: Sighted) -> dict[str, str]:
    """What the layouts of a project say, by the name of the project's variable."""
    header, agreement = sighted.header, sighted.agreement
    return {
        TITLE: str(header["titel"]),
        PROVINCE: sighted.province,
        VARIANT: sighted.variant,
        AGREEMENT: f"{agreement.title.nl}, versie {agreement.version}",
        ORGANISATION: str(header.get("contact_organisatie") or f"provincie {sighted.province}"),
    }


def _records(proposal: Proposal, variant: str) -> dict[str, Record]:
    """The metadata of the tables that hold features, as a delivery would tell them; of a draft."""
    from novex_plugin.core.delivery.content_moment import content_moment
    from novex_plugin.core.delivery.explanation_rows import rows_of
    from novex_plugin.core.delivery.layer_metadata import Subject, records_of
    from novex_plugin.core.delivery.metadata_lineage import Origins

    told = {name: proposal.header.get(name) or "" for name in ("contact_organisatie", "contact_email", "contact_rol")}
    subject = Subject(
        header={**proposal.header, **told},
        variant=variant,
        province=proposal.agreement.label("provincie", proposal.province).nl,
        agreement=proposal.agreement,
        moment=content_moment(proposal.tables, None),
        draft=True,
        origins=Origins(proposal.agreement.scale.drawn, tuple(rows_of(proposal.tables["logboek"]))),
    )
    return records_of(proposal.path, subject)
