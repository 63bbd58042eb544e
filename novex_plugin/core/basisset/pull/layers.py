"""Vector services that give their features page by page: WFS and OGC API Features."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing

from novex_plugin.core.basisset.pull import completeness, ogcapi, wfs
from novex_plugin.core.basisset.pull.job import Job, Outcome, vector_outcome
from novex_plugin.core.basisset.pull.names import distinct_names
from novex_plugin.core.basisset.pull.page import PageSource
from novex_plugin.core.basisset.pull.paging import pull_pages
from novex_plugin.core.basisset.pull.settle import write_geopackage
from novex_plugin.core.basisset.pull.staging import LayerState, Staging


def pull_wfs(job: Job) -> Outcome:
    """Pull the layers of a WFS. Raises PullFailure, NetworkError or Cancelled."""
    capabilities = wfs.read_capabilities(job.route.address, job.asker)
    types = wfs.chosen_types(capabilities, job.route.layers)
    layers = [wfs.WfsLayer(job.route.address, capabilities, each, job.area, job.asker) for each in types]
    return _pull(job, [wfs.described(layer) for layer in layers], ",".join(each.name for each in types))


def pull_ogcapi(job: Job) -> Outcome:
    """Pull the collections of an OGC API Features. Raises PullFailure, NetworkError or Cancelled."""
    collections = ogcapi.read_collections(job.route.address, job.asker)
    chosen = ogcapi.chosen_collections(collections, job.route.layers)
    sources = [ogcapi.CollectionItems(each, job.area, job.asker) for each in chosen]
    return _pull(job, sources, ",".join(each.id for each in chosen))


def _pull(job: Job, sources: Sequence[PageSource], layer: str) -> Outcome:
    path = job.work / "staging.sqlite"
    with closing(Staging(path)) as staging:
        states = _states(staging, sources)
        for number, (source, state) in enumerate(zip(sources, states, strict=True)):

            def advanced(reached: LayerState, number: int = number) -> None:
                part = reached.received / reached.matched if reached.matched else 1 - 0.8**reached.pages
                job.advanced((number + min(part, 1.0)) / len(sources))

            if state.pages:
                job.progress.info(f"{state.name}: verder na {state.received} objecten van een vorige poging.")
            pull_pages(source, number, state, staging, job.area, job.work, job.progress, advanced)
            job.progress.info(completeness.said(state))
    target = job.stem.with_suffix(".gpkg")
    written = write_geopackage(path, states, target)
    return vector_outcome(target, written, states, sources[0].request, layer)


def _states(staging: Staging, sources: Sequence[PageSource]) -> list[LayerState]:
    known = staging.layers()
    names = distinct_names([source.name for source in sources])
    return known + [LayerState(name) for name in names[len(known) :]]
