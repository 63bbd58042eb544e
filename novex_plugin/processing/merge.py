"""`novex:merge`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingOutputFile,
    QgsProcessingOutputNumber,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterFile,
    QgsProcessingParameterFileDestination,
    QgsProcessingParameterMultipleLayers,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from novex_plugin.core.errors import InputError
from novex_plugin.core.features.overwriting import refuse_overwriting
from novex_plugin.core.progress import Progress
from novex_plugin.processing.algorithm import Algorithm

_LEAST_M = 100.0
_BESIDE = {"BALANCE": "-balans.json", "INDICATORS": "-indicatoren.csv", "REPORT": "-samenvoeging.json"}
"""The names of the further results where none is given: that of the GeoPackage with this behind it."""


class Merge(Algorithm):
    """Lay the deliveries of provinces together: one map, one balance, and what does not fit at the borders.

    DELIVERIES are zips that provinces handed over, in any order: the same ones give the same files. Of each province
    the latest counts. A delivery that is broken, was overtaken or follows another agreement is named with the reason
    and left out, and the others go on; provinces without a delivery are named. With MAPPING (JSON, as for
    novex:migrate) deliveries that follow the release it leads from are carried over to AGREEMENT, or to the one it
    leads to; one with rows that need a person is left out. OUTPUT is one GeoPackage with all features, the province
    that delivered each, and where areas of two deliveries overlap. What features of two deliveries claim on the same
    ground counts once. With AREAS (polygons of the provinces with their codes or names) features count where they lie,
    and areas that run along a border for more than LEAST metres without their like at the other side are told. BALANCE
    lays the whole beside the targets (JSON, and CSV beside it), INDICATORS is a table of all totals (CSV, and Parquet
    where GDAL can write it), and REPORT says what was laid together and how it differs.
    """

    ID = "merge"
    TITLE = "Merge deliveries"
    GROUP = "Delivery"

    def initAlgorithm(self, configuration: dict[str, Any] | None = None) -> None:
        source = QgsProcessing.SourceType
        self.addParameter(QgsProcessingParameterMultipleLayers("DELIVERIES", self.tr("Deliveries"), source.TypeFile))
        self.addParameter(
            QgsProcessingParameterFeatureSource(
                "AREAS",
                self.tr("Provinces (default: the fields of each feature, and no search for gaps)"),
                [source.TypeVectorPolygon],
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterNumber(
                "LEAST",
                self.tr("Length along a border from which a gap is told (m)"),
                QgsProcessingParameterNumber.Type.Double,
                _LEAST_M,
                minValue=50.0,
            )
        )
        self.addParameter(
            QgsProcessingParameterMultipleLayers(
                "TARGETS", self.tr("Target files (default: those of the plugin)"), source.TypeFile, optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterString(
                "AGREEMENT", self.tr("Agreement (name or file; default: the one that most follow)"), optional=True
            )
        )
        self.addParameter(
            QgsProcessingParameterFile(
                "MAPPING",
                self.tr("Mapping for deliveries that follow another release of the agreement"),
                fileFilter="JSON (*.json)",
                optional=True,
            )
        )
        self.addParameter(
            QgsProcessingParameterFileDestination("OUTPUT", self.tr("All deliveries"), "GeoPackage (*.gpkg)")
        )
        further = {
            "BALANCE": (self.tr("National balance"), "JSON (*.json)"),
            "INDICATORS": (self.tr("Indicators as a table"), "CSV (*.csv)"),
            "REPORT": (self.tr("What was merged, skipped and found"), "JSON (*.json)"),
        }
        for name, (title, kind) in further.items():
            self.addParameter(
                QgsProcessingParameterFileDestination(name, title, kind, optional=True, createByDefault=False)
            )
        self.addOutput(QgsProcessingOutputFile("PARQUET", self.tr("Indicators as a table (Parquet)")))
        self.addOutput(QgsProcessingOutputNumber("MERGED", self.tr("Number of deliveries that count")))
        self.addOutput(QgsProcessingOutputNumber("OVERLAPS", self.tr("Number of overlaps between deliveries")))
        self.addOutput(QgsProcessingOutputNumber("GAPS", self.tr("Number of gaps along borders")))
        self.addOutput(QgsProcessingOutputNumber("SKIPPED", self.tr("Number of deliveries left out")))
        self.addOutput(QgsProcessingOutputString("MISSING", self.tr("Provinces without a delivery")))

    def compute(self, parameters: dict[str, Any], context: QgsProcessingContext, progress: Progress) -> dict[str, Any]:
        from novex_plugin.core.merge.merge import Places, Request, merge

        deliveries = self._files(parameters, "DELIVERIES", context)
        targets = self._files(parameters, "TARGETS", context)
        output = self.output_path(parameters, "OUTPUT", context)
        further = [self._further(parameters, name, output, context) for name in _BESIDE]
        places = Places(output, *further)
        mapping = self.optional_path(parameters, "MAPPING", context)
        refuse_overwriting(places.all(), [*deliveries, *targets, *([mapping] if mapping else [])])
        areas = self.areas(parameters, context, progress)
        request = Request(
            deliveries,
            areas,
            self.agreement(parameters, context),
            targets or None,
            self.parameterAsDouble(parameters, "LEAST", context),
            mapping,
        )
        content = merge(request, places, progress)
        _tell(content, progress)
        return {
            "OUTPUT": str(output),
            "BALANCE": str(places.balance),
            "INDICATORS": str(places.indicators),
            "REPORT": str(places.report),
            **_parquet(places.indicators),
            "MERGED": len(content["deliveries"]),
            "OVERLAPS": len(content["overlaps"]),
            **({} if content["gaps"] is None else {"GAPS": len(content["gaps"])}),
            "SKIPPED": len(content["skipped"]),
            "MISSING": ", ".join(each["province"] for each in content["missing"]),
        }

    def _files(self, parameters: dict[str, Any], name: str, context: QgsProcessingContext) -> list[Path]:
        files = [Path(each) for each in self.parameterAsFileList(parameters, name, context) if each]
        if name == "DELIVERIES" and not files:
            raise InputError("er is geen levering gegeven.", "Kies een of meer zips van provincies.", field=name)
        return files

    def _further(self, parameters: dict[str, Any], name: str, output: Path, context: QgsProcessingContext) -> Path:
        given = self.parameterAsFileOutput(parameters, name, context) if parameters.get(name) else ""
        return Path(given) if given else output.with_name(f"{output.stem}{_BESIDE[name]}")


def _parquet(indicators: Path) -> dict[str, str]:
    from novex_plugin.core.merge.indicators import can_write

    return {"PARQUET": str(indicators.with_suffix(".parquet"))} if can_write() else {}


def _tell(content: dict[str, Any], progress: Progress) -> None:
    """Say what was left out and what is missing."""
    for each in content["skipped"]:
        progress.warning(f"Overgeslagen: {each['file']}: {each['reason']} {each['remedy']}")
    if content["missing"]:
        names = ", ".join(f"{each['name']} ({each['province']})" for each in content["missing"])
        progress.warning(f"Zonder levering: {names}.")
    for note in content["notes"]:
        progress.warning(note)
    counted = f"{len(content['deliveries'])} leveringen samengevoegd"
    progress.info(f"{counted}; {len(content['overlaps'])} overlappen tussen leveringen.")
