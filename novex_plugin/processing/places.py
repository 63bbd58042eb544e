"""Which files a run reads and which it writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeatureSourceDefinition,
    QgsProcessingParameterFileDestination,
    QgsProcessingUtils,
    QgsProperty,
    QgsProviderRegistry,
)

from novex_plugin.core.features.overwriting import refuse_overwriting

if TYPE_CHECKING:
    from novex_plugin.processing.algorithm import Algorithm


def refuse_overwriting_inputs(algorithm: Algorithm, parameters: dict[str, Any], context: QgsProcessingContext) -> None:
    """Raise InputError when a file that is read, or a proposal, would be written over."""
    outputs: dict[str, Path] = {}
    inputs: list[Path] = []
    for definition in algorithm.parameterDefinitions():
        name = definition.name()
        if not definition.isDestination():
            inputs += _files(parameters.get(name), context)
        elif isinstance(definition, QgsProcessingParameterFileDestination) and parameters.get(name):
            given = algorithm.parameterAsFileOutput(parameters, name, context)
            outputs |= {name: Path(given)} if given else {}
            if given and name in algorithm.WRITTEN_BESIDE:
                suffix = algorithm.WRITTEN_BESIDE[name]
                outputs[f"{name} ({suffix})"] = Path(given).with_suffix(suffix)
    refuse_overwriting(outputs, inputs, writes_proposal=algorithm.ID == "newproposal")


def _files(value: Any, context: QgsProcessingContext) -> Iterator[Path]:
    """The files that a parameter's value names, in whatever form QGIS hands it over."""
    if isinstance(value, QgsProcessingFeatureSourceDefinition):
        value = value.source
    if isinstance(value, QgsProperty):
        value = value.staticValue()
    if isinstance(value, list | tuple):
        for each in value:
            yield from _files(each, context)
    elif isinstance(value, str) and value:
        yield from map(Path, {value, *value.split(";")})
        yield from _file_of_layer(value, context)


def _file_of_layer(value: str, context: QgsProcessingContext) -> Iterator[Path]:
    layer = QgsProcessingUtils.mapLayerFromString(value, context, False)
    provider, source = (layer.providerType(), layer.source()) if layer is not None else ("ogr", value)
    path = QgsProviderRegistry.instance().decodeUri(provider, source).get("path")
    if path:
        yield Path(path)
