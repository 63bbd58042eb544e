"""Datasets that are given as files: downloads and INSPIRE Atom feeds."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novex_plugin.core.basisset.pull.atom import AtomFile, atom_files
from novex_plugin.core.basisset.pull.convert import convert
from novex_plugin.core.basisset.pull.download import download
from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.job import Job, Outcome, vector_outcome
from novex_plugin.core.basisset.pull.markup import GML_OPTIONS, prepare_gml
from novex_plugin.core.basisset.pull.names import distinct_names, slug, table_name
from novex_plugin.core.basisset.pull.page import Page
from novex_plugin.core.basisset.pull.raster import cut_raster
from novex_plugin.core.basisset.pull.settle import write_geopackage
from novex_plugin.core.basisset.pull.staging import LayerState, Staging
from novex_plugin.core.basisset.pull.unpack import unpacked
from novex_plugin.core.basisset.snapshot import SnapshotLayer
from novex_plugin.core.features.gdal_guard import guarded_gdal, opened_with_gdal
from novex_plugin.core.progress import stop_if_cancelled

_STYLES = frozenset({"layer_styles", "qgis_projects", "gpkg_metadata", "gpkg_metadata_reference"})


@dataclass(frozen=True)
class DataFile:
    """A file that holds data, and the GDAL driver that reads it."""

    path: Path
    driver: str


def pull_download(job: Job) -> Outcome:
    """Pull the file of a download. Raises PullFailure, NetworkError or Cancelled."""
    return pull_files(job, [AtomFile(job.route.address, job.dataset.epsg, None)])


def pull_atom(job: Job) -> Outcome:
    """Pull the files of an Atom feed. Raises PullFailure, NetworkError or Cancelled."""
    return pull_files(job, atom_files(job))


def pull_files(job: Job, files: Sequence[AtomFile]) -> Outcome:
    """Fetch the files that together are the dataset, and store what they hold."""
    found: list[DataFile] = []
    paths: list[Path] = []
    for number, file in enumerate(files):
        stop_if_cancelled(job.progress)
        name = slug(unquote(urlsplit(file.address).path.rpartition("/")[2]), file.address)
        path = job.work / f"file-{number}-{name}"
        paths.append(path)
        size = download(file.address, path, job.asker)
        if file.length is not None and file.length != size:
            job.progress.warning(f"  {file.address}: de feed noemt {file.length} bytes, ontvangen zijn er {size}.")
        job.advanced(0.6 * (number + 1) / len(files))
    unpacking = job.work / "unpacked"
    shutil.rmtree(unpacking, ignore_errors=True)
    unpacking.mkdir(parents=True)
    for number, path in enumerate(paths):
        copy = unpacking / path.name
        _twin(path, copy)  # unpacking removes what it has unpacked; a later run still has the file
        opened = [_recognised(each) for each in unpacked(copy, unpacking / str(number))]
        found += [each for each in opened if each is not None]
    return _stored(job, files, found)


def _twin(path: Path, copy: Path) -> None:
    """The same file under a second name; a copy where the disk (a network share, a stick) has no hard links."""
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copyfile(path, copy)


def _stored(job: Job, files: Sequence[AtomFile], found: Sequence[DataFile]) -> Outcome:
    rasters = [each.path for each in found if each.driver == "GTiff"]
    vectors = [each for each in found if each.driver != "GTiff"]
    request = files[0].address if len(files) == 1 else job.route.address
    if not found:
        raise PullFailure(f"{request} bevat geen GeoPackage, GML, Shape, GeoJSON of GeoTIFF.")
    if rasters and (job.dataset.access == "raster" or not vectors):
        target = job.stem.with_suffix(".tif")
        cut = cut_raster(rasters, job.area, target, files[0].epsg)
        layer = SnapshotLayer(job.stem.name, None, cut.stored)
        return Outcome(target, (layer,), request, None, None, cut.received, cut.stored, cut.epsg)
    return _vectors(job, vectors, request, files[0].epsg)


def _vectors(job: Job, files: Sequence[DataFile], request: str, epsg: int | None) -> Outcome:
    staged = job.work / "staging.sqlite"
    staged.unlink(missing_ok=True)  # the files are here; what a killed run had staged is made again
    layers = [(file, layer) for file in files for layer in _layers(file)]
    tables = {layer: table_name(layer) for _, layer in layers}
    names = dict(zip(tables, distinct_names(list(tables.values())), strict=True))
    states = {layer: LayerState(name) for layer, name in names.items()}
    with closing(Staging(staged)) as staging:
        for done, (file, layer) in enumerate(layers):
            stop_if_cancelled(job.progress)
            page = Page(file.path, (file.driver,), None, epsg=epsg, whole=True)
            convert(page, list(names).index(layer), states[layer], staging, job.area, layer)
            job.advanced(0.6 + 0.4 * (done + 1) / len(layers))
    chosen = list(states.values())
    if not chosen:
        raise PullFailure(f"{request} bevat geen enkele laag.")
    for state in chosen:
        job.progress.info(f"{state.name}: {state.received} objecten in het bestand, {state.stored} in het gebied")
    target = job.stem.with_suffix(".gpkg")
    written = write_geopackage(staged, chosen, target)
    return vector_outcome(target, written, chosen, request, ",".join(layer for layer in names))


def _layers(file: DataFile) -> list[str]:
    if file.driver == "GML":
        prepare_gml(file.path, {})
    with guarded_gdal() as complaints:
        options = GML_OPTIONS if file.driver == "GML" else ()
        source = opened_with_gdal(str(file.path), (file.driver,), options=options)
        layers = [source.GetLayer(index).GetName() for index in range(source.GetLayerCount())] if source else []
        source = None
    if complaints.failures:
        raise PullFailure(f"{file.path.name} is niet te lezen ({complaints.first}).")
    return [layer for layer in layers if layer not in _STYLES]


def _recognised(path: Path) -> DataFile | None:
    """What a file is by its content; None for what is no data (a table beside a Shape, a style, a text)."""
    with path.open("rb") as stream:
        start = stream.read(512)
    driver = _driver(path, start)
    if driver is None:
        return None
    suffix = {"GPKG": ".gpkg", "GML": ".gml", "GeoJSON": ".geojson", "GTiff": ".tif"}.get(driver, path.suffix)
    named = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)
    return DataFile(path.rename(named), driver)


def _driver(path: Path, start: bytes) -> str | None:
    ending = path.suffix.lower()
    if start.startswith(b"SQLite format 3\x00"):
        return "GPKG"
    if start[:4] in (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+"):
        return "GTiff"
    if start[:4] == b"\x00\x00\x27\x0a" and ending == ".shp":
        return "ESRI Shapefile"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"{") and b'"' in text:
        return "GeoJSON"
    if text.startswith(b"<") and (ending == ".gml" or b"gml" in start.lower() or b"html" in start.lower()):
        return "GML"
    return None
