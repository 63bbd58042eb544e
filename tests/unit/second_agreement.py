"""An agreement, rules and targets that share no word with those of the plugin, and the whole chain on them.

Run as a program, with a copy of the plugin first on the path, it prints what came of it as JSON.
"""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from defusedxml import ElementTree

MOMENT = datetime(2027, 3, 1, 8, tzinfo=UTC)
CHECKOUT = Path(__file__).resolve().parents[2]
REQUIRED = ["variant", "legenda", "rol", "precisie", "status", "provincie"]


def text(words: str) -> dict[str, str]:
    return {"nl": words, "en": f"{words} (en)"}


def codes(*listed: str, **more: Any) -> list[dict[str, Any]]:
    return [{"code": code, **text(code.capitalize()), **more} for code in listed]


def symbol(**values: Any) -> dict[str, Any]:
    plain = {"fill": "#336699", "outline": "#112233", "pattern": "solid", "marker": None, "line": None, "size": None}
    return plain | values


def unit(code: str, geometry: str, asked: list[str], indicators: list[str], **values: Any) -> dict[str, Any]:
    return {
        "code": code,
        "label": text(code.capitalize()),
        "definition": text(f"Een {code}"),
        "programme": "bouwen",
        "perspective": None,
        "geometry": [geometry],
        "symbol": symbol(line="solid" if geometry == "lijn" else None),
        "indicators": indicators,
        "required": [*REQUIRED, *asked],
        "hilucs": "6_6_NotKnownUse",
        "imow": None,
    } | values


def indicator(name: str, measure: str, adds: str) -> dict[str, Any]:
    base = {"of": None, "minimum": 0, "maximum": None, "years": [2040], "definition": text(f"Hoeveel {name}")}
    return {"id": name, "label": text(name.capitalize()), "unit": measure, "adds": adds} | base


def agreement() -> dict[str, Any]:
    """Two units, no points, and code lists of its own."""
    default = json.loads((CHECKOUT / "resources" / "agreements" / "novex-1.0.json").read_bytes())
    return default | {
        "id": "proefland",
        "release": "2.0",
        "title": text("Afspraken van Proefland"),
        "status": "agreed",
        "statement": text("Vastgesteld in Proefland."),
        "strictness": {"default": ["verbod"], "programmes": [{"programme": "bouwen", "hardness": ["advies"]}]},
        "code_lists": {
            "rol": codes("gepland", "bestaand", "vervalt"),
            "precisie": codes("grof", "fijn"),
            "status": codes("kans", "besluit"),
            "horizon": codes("2040"),
            "provincie": codes("PV91", "PV92"),
            "programma": codes("bouwen"),
            "perspectief": codes("later"),
            "eenheid": codes("stuks", "ha"),
        },
        "indicators": [indicator("daken", "stuks", "sum"), indicator("grond", "ha", "area")],
        "legend": [
            unit("huis", "vlak", ["naam"], ["daken", "grond"], roles=["gepland", "vervalt"]),
            unit("vaart", "lijn", ["bron"], []),
        ],
    }


def rules() -> dict[str, Any]:
    rule = {
        "id": "proef-groot",
        "version": "1.0",
        "keuze": None,
        "text": text("Een huis noemt zijn bron."),
        "kind": "require-attribute",
        "subject": {"groups": ["alles"], "legend": [], "roles": ["gepland"]},
        "objects": {"slots": [], "combine": "any"},
        "parameters": {"field": {"value": "bron", "unit": "veld", "source": "proef"}},
        "hardness": "advies",
        "exceptions": [],
        "applies": {"provinces": "alle", "area_types": []},
        "from_ijkmoment": 1,
        "citation": {"document": "Proef", "annex": "geen", "programme": "Bouwen", "keuze": None},
        "note": None,
    }
    head = {"format": "novex-rules", "version": "1.0", "catalogue": "proef", "release": "1.0", "programme": "bouwen"}
    tolerance = {"area_m2": 1.0, "length_m": 0.1, "share": 1e-6}
    return head | {"title": text("Proef"), "note": None, "tolerance": tolerance, "rules": [rule]}


def targets() -> dict[str, Any]:
    target = {
        "id": "q-daken",
        "use": "doel",
        "reason": None,
        "label": text("Daken in heel Proefland"),
        "indicator": "daken",
        "place": {"kind": "land", "code": "NL", "name": "Nederland", "provinces": []},
        "from_year": None,
        "year": None,
        "minimum": 10,
        "maximum": None,
        "comparator": "ten-minste",
        "unit": "stuks",
        "as_stated": None,
        "status": "afgesproken",
        "doubt": None,
        "related": [],
        "citation": {"source": "Proef", "part": "geen"},
        "note": None,
    }
    head = {"format": "novex-targets", "version": "1.0", "id": "proef", "release": "1.0", "programme": "bouwen"}
    return head | {"title": text("Proef"), "targets": [target]}


def lay_out(folder: Path) -> Path:
    """A copy of the plugin whose resources know the second agreement alone."""
    plugin = folder / "novex_plugin"
    shutil.copytree(CHECKOUT / "novex_plugin", plugin, ignore=shutil.ignore_patterns("__pycache__", "i18n"))
    shutil.copytree(CHECKOUT / "schemas", folder / "schemas")
    resources = folder / "resources"
    shutil.copytree(CHECKOUT / "resources" / "templates", resources / "templates")
    matrix = json.loads((CHECKOUT / "resources" / "rules" / "combinations.json").read_bytes()) | {"entries": []}
    bindings = {"format": "novex-bindings", "version": "1.0", "bindings": [], "parameters": []}
    groups = [{"id": "alles", **text("Alles"), "legend": ["huis", "vaart"]}]
    files = {
        "agreements/proefland-2.0.json": agreement(),
        "bindings/slots.json": {"format": "novex-slots", "version": "1.0", "slots": []},
        "bindings/startpakket-2022.json": bindings,
        "rules/subjects.json": {"format": "novex-subjects", "version": "1.0", "groups": groups},
        "rules/combinations.json": matrix,
        "rules/proef/bouwen.json": rules(),
        "targets/proef/bouwen.json": targets(),
    }
    for name, content in files.items():
        (resources / name).parent.mkdir(parents=True, exist_ok=True)
        (resources / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


def _drawn(path: Path) -> None:
    """Two houses, one of which names its source and one of which goes, and a canal."""
    import numpy as np
    import shapely

    from novex_plugin.core.agreement import read_agreement
    from novex_plugin.core.features.geopackage import append
    from novex_plugin.core.features.table import FeatureTable, attribute_table, multi
    from novex_plugin.core.proposal.create import Heading, create_proposal

    def column(*values: object) -> Any:
        result = np.empty(len(values), dtype=object)
        result[:] = values
        return result

    create_proposal(
        path, "pv91", "een", read_agreement(), MOMENT, heading=Heading("Proefland", "Land", "land@proef.example")
    )
    shapes = [shapely.box(200_000, 450_000, 200_100, 450_100), shapely.box(201_000, 450_000, 201_100, 450_100)]
    count = len(shapes)
    values: dict[str, Any] = {
        "id": column(*(f"{number:08d}-0000-4000-8000-000000000000" for number in range(count))),
        "rol": column("gepland", "vervalt"),
        "naam": column("Een", "Twee"),
    }
    plain = {"variant": "een", "legenda": "huis", "precisie": "fijn", "status": "kans", "provincie": "PV91"}
    values |= {name: column(*[value] * count) for name, value in plain.items()}
    append(path, "voorstel_vlak", FeatureTable("voorstel_vlak", multi(column(*shapes)), values))
    line = {name: column(value) for name, value in plain.items()} | {
        "id": column("90000000-0000-4000-8000-000000000000"),
        "legenda": column("vaart"),
        "rol": column("bestaand"),
        "bron": column("kaart"),
    }
    canal = multi(column(shapely.LineString([(200_000, 451_000), (202_000, 451_000)])))
    append(path, "voorstel_lijn", FeatureTable("voorstel_lijn", canal, line))
    given = [
        {"id": f"b{number}", "kenmerk": values["id"][number], "indicator": "daken", "waarde": amount}
        for number, amount in enumerate((7.0, 5.0))
    ]
    rows = {name: column(*(each[name] for each in given)) for name in given[0]}
    rows |= {"waarde": np.array([7.0, 5.0]), "eenheid": column("stuks", "stuks"), "jaar": np.array([2040, 2040])}
    append(path, "bijdrage", attribute_table("bijdrage", rows))


def _content(delivery: Path) -> tuple[list[str], list[str]]:
    """The names in a delivery, and the elements (without prefix) that all its metadata records hold."""
    with zipfile.ZipFile(delivery) as archive:
        names = archive.namelist()
        records = [archive.read(name) for name in names if "/metadata/" in name and name.endswith(".xml")]
    held = [{element.tag.rpartition("}")[2] for element in ElementTree.fromstring(each).iter()} for each in records]
    return names, sorted(set.intersection(*held))


def chain(folder: Path) -> dict[str, Any]:
    """Make, check, weigh, deliver and verify; what came of it."""
    from novex_plugin.core.check.balance import balance
    from novex_plugin.core.check.run import check
    from novex_plugin.core.delivery.export import Request, export
    from novex_plugin.core.delivery.verify import verify
    from novex_plugin.core.errors import InputError
    from novex_plugin.core.progress import Silent
    from novex_plugin.core.proposal.read import read_proposal
    from tests.unit.making_deliveries import StandIn

    path = folder / "voorstel.gpkg"
    _drawn(path)
    proposal = read_proposal(path)
    result = check(path, "een", None, None, None, MOMENT, Silent())
    weighed = balance(path, "een", None, MOMENT)
    refused = ""
    try:
        export(Request(path, "een"), folder / "nee.zip", StandIn(), Silent())
    except InputError as error:
        refused = str(error)
    export(Request(path, "een", draft=True), folder / "uit.zip", StandIn(), Silent())
    verified = verify(folder / "uit.zip", StandIn(), Silent())
    (line,) = weighed.targets
    names, elements = _content(folder / "uit.zip")
    return {
        "agreement": f"{proposal.agreement.id}-{proposal.agreement.version}",
        "problems": [str(problem) for problem in proposal.problems],
        "outcomes": {each.rule.id: each.outcome for each in result.outcomes},
        "findings": [str(name) for name in result.findings.column("kenmerk").tolist()],
        "drawn": line.drawn,
        "outcome": line.outcome,
        "refused": refused,
        "differences": [str(each) for each in verified.differences],
        "names": names,
        "elements": elements,
        "delivered": (verified.delivery or {}).get("agreement", {}).get("id"),
    }


if __name__ == "__main__":
    print(json.dumps(chain(Path(sys.argv[1]))))
