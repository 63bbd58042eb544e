"""The whole chain on the practice province, through the real qgis_process and real servers on loopback.

    python -m scripts.practice.demo [--scale 1.0] [--folder build/demo]

Prints one line for each step and ends with a summary. The exit code is 1 when a step fails, a fault
in the plan is missed or the delivery is invalid.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from scripts.practice import csw, mapserver
from scripts.practice import province as practice
from scripts.practice.answers import EXPLANATIONS, fill_in, numbers
from scripts.practice.bindings import write_bindings
from scripts.practice.datasets import OFFERS
from scripts.practice.faults import FAULTS, OWN_FAULTS
from scripts.practice.offering import serve_basisset
from scripts.practice.plan import write_plan
from scripts.practice.province import Province

CHECKOUT = Path(__file__).resolve().parents[2]
PROVINCE = "PV25"
VARIANT = "basis"
MAPPING = Path(__file__).parent / "data" / "mapping.json"
OWN_RULES = Path(__file__).parent / "data" / "eigen-regels.json"

_MARKS = {
    "overtreedt": "✕ {} overtreedt",
    "niet_toetsbaar": "? {} niet toetsbaar",
    "gemotiveerd": "≈ {} gemotiveerd",
    "voldoet": "✓ {} voldoet",
    "niet_van_toepassing": "– {} n.v.t.",
}
_LIMIT = 600
_MARK = ".novex-demo"


class StepError(Exception):
    """A step of the chain that did not end well."""


@dataclass
class Demo:
    """The folder of the demo and what its steps gave."""

    folder: Path
    scale: float = 1.0
    results: dict[str, dict[str, Any]] = field(default_factory=dict)

    def run(self, algorithm: str, **inputs: Any) -> dict[str, Any]:
        """Run an algorithm in the real qgis_process; its messages go to the folder `logboek`."""
        given = {name: str(value) if isinstance(value, Path) else value for name, value in inputs.items()}
        done = subprocess.run(
            [CHECKOUT / "scripts" / "qgis-process", "run", f"novex:{algorithm}", "--json", "-"],
            input=json.dumps({"inputs": given}),
            capture_output=True,
            text=True,
            timeout=_LIMIT,
            check=False,
        )
        log = self.folder / "logboek"
        log.mkdir(exist_ok=True)
        name = f"{len(list(log.iterdir())) + 1:02}-{algorithm}.txt"
        (log / name).write_text(f"{json.dumps(given, indent=2)}\n{done.stderr}\n{done.stdout}", encoding="utf-8")
        if done.returncode != 0:
            raise StepError(f"novex:{algorithm} eindigde met code {done.returncode}:\n{done.stderr.strip()[-3_000:]}")
        results: dict[str, Any] = json.loads(done.stdout[done.stdout.index("{") :])["results"]
        self.results[algorithm] = results
        return results

    def path(self, name: str) -> Path:
        """A place in the demo's folder."""
        return self.folder / name


@contextmanager
def step(title: str) -> Iterator[list[str]]:
    """Time a step and print its line: what is put in the list, and the seconds."""
    said: list[str] = []
    begin = time.perf_counter()
    yield said
    seconds = f"{time.perf_counter() - begin:.1f}".replace(".", ",")
    print(f"{title:16}{' · '.join(said):92}{seconds:>6} s", flush=True)


def number(value: float) -> str:
    """A whole number with points between thousands, as Dutch has it."""
    return f"{value:,.0f}".replace(",", ".")


def play(folder: Path, scale: float = 1.0) -> Demo:
    """Run the whole chain in `folder`, which is emptied first. Raises StepError when a step fails."""
    _empty(folder)
    demo = Demo(folder.resolve(), scale)
    with step("Oefenprovincie") as said:
        province = practice.make(scale)
        write_plan(province, demo.path("plan.gpkg"))
        write_bindings(province, demo.path("eigen"))
        features = sum(len(table) for table in province.tables.values())
        said += [f"{number(features)} objecten", f"{len(OFFERS)} datasets", "een plan met opzettelijke fouten"]
    _gather(demo, province)
    _draw(demo)
    _judge(demo)
    _deliver(demo)
    return demo


def _empty(folder: Path) -> None:
    """Make the folder anew, but never throw away what no demo put there."""
    if folder.exists() and any(folder.iterdir()) and not (folder / _MARK).exists():
        raise StepError(f"{folder} is niet leeg en niet van een eerdere demo; kies een andere map.")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / _MARK).touch()


def _gather(demo: Demo, province: Province) -> None:
    with ExitStack() as servers:
        with step("Servers") as said:
            basisset = servers.enter_context(serve_basisset(province, demo.path("servers")))
            said += ["catalogus (CSW)", "kaartserver (WFS, WCS, WMS)", "Atom en downloads"]
        with step("Zoeken") as said:
            found = demo.run("discover", CATALOGUE=basisset.catalogue, OUTPUT=demo.path("register.json"))
            said += [f"{found['DATASETS']} datasets gevonden", f"{found['WITHOUT_ACCESS']} zonder adres"]
        with step("Ophalen") as said:
            area = f"{demo.path('servers/data/provinciegebied.gpkg')}|layername=provinciegebied"
            snapshot, register = demo.path("momentopname"), demo.path("register.json")
            pulled = demo.run("pull", REGISTER=register, AREA=area, OUTPUT=snapshot)
            states = _states(demo)
            said += [f"{number(pulled['FEATURES'])} objecten", f"{states.get('pulled', 0)} datasets"]
            said += [f"{states.get('image_only', 0)} alleen beeld", f"{len(pulled['FAILED'])} niet op te halen"]


def _states(demo: Demo) -> dict[str, int]:
    datasets = json.loads(demo.path("momentopname/manifest.json").read_bytes())["datasets"]
    names, counts = np.unique([dataset["status"] for dataset in datasets], return_counts=True)
    return dict(zip(names.tolist(), counts.tolist(), strict=True))


def _draw(demo: Demo) -> None:
    proposal = demo.path("voorstel.gpkg")
    with step("Nieuw voorstel") as said:
        demo.run(
            "newproposal",
            PROVINCE=PROVINCE,
            VARIANT=VARIANT,
            TITLE="Ruimtelijk voorstel Oefenland",
            ORGANISATION="Provincie Oefenland",
            EMAIL="ruimte@oefenland.example",
            OUTPUT=proposal,
        )
        said.append(f"{proposal.name}, variant {VARIANT}")
    with step("Inlezen") as said:
        taken, refused = 0, 0
        for part in ("vlakken", "lijnen", "punten"):
            done = demo.run(
                "importlayer",
                INPUT=f"{demo.path('plan.gpkg')}|layername=plan_{part}",
                MAPPING=MAPPING,
                PROPOSAL=proposal,
                REJECTED=demo.path(f"afgekeurd_{part}.gpkg"),
            )
            taken += done["FEATURES"]
            refused += done["REJECTED_FEATURES"]
        demo.results["import"] = {"FEATURES": taken, "REJECTED_FEATURES": refused}
        said += [f"{taken} objecten", f"{refused} rijen afgekeurd"]
    with step("Invullen") as said:
        said += [f"{fill_in(proposal, VARIANT)} verklaringen", f"{len(EXPLANATIONS)} motiveringen"]


def _judge(demo: Demo) -> None:
    with step("Toetsen") as said:
        demo.run(
            "check",
            PROPOSAL=demo.path("voorstel.gpkg"),
            VARIANT=VARIANT,
            SNAPSHOT=demo.path("momentopname"),
            BINDINGS=demo.path("eigen/koppelingen.json"),
            FINDINGS=demo.path("bevindingen.gpkg"),
            OUTPUT=demo.path("bevindingen.json"),
        )
        counts = json.loads(demo.path("bevindingen.json").read_bytes())["counts"]
        said += [text.format(counts[name]) for name, text in _MARKS.items() if counts.get(name)]
    with step("Eigen regels") as said:
        demo.run(
            "check",
            PROPOSAL=demo.path("voorstel.gpkg"),
            VARIANT=VARIANT,
            SNAPSHOT=demo.path("momentopname"),
            BINDINGS=demo.path("eigen/koppelingen.json"),
            RULES=OWN_RULES,
            FINDINGS=demo.path("eigen_bevindingen.gpkg"),
            OUTPUT=demo.path("eigen_bevindingen.json"),
        )
        counts = json.loads(demo.path("eigen_bevindingen.json").read_bytes())["counts"]
        said += [text.format(counts[name]) for name, text in _MARKS.items() if counts.get(name)]
    with step("Balans") as said:
        demo.run("balance", PROPOSAL=demo.path("voorstel.gpkg"), VARIANT=VARIANT, OUTPUT=demo.path("balans.json"))
        target = _target(demo)
        said.append(
            f"{number(target['drawn'])} van {number(target['minimum'])} {target['unit']} tot en met {target['year']}"
        )


def _target(demo: Demo) -> Mapping[str, Any]:
    targets: Sequence[Mapping[str, Any]] = json.loads(demo.path("balans.json").read_bytes())["targets"]
    return next(target for target in targets if target["place_code"] == PROVINCE and target["indicator"] == "woningen")


def _deliver(demo: Demo) -> None:
    sources = {"SNAPSHOT": demo.path("momentopname"), "BINDINGS": demo.path("eigen/koppelingen.json")}
    proposal = {"PROPOSAL": demo.path("voorstel.gpkg"), "VARIANT": VARIANT}
    with step("Leveren") as said:
        done = demo.run(
            "export",
            **proposal,
            **sources,
            REGISTER=demo.path("register.json"),
            DRAFT=True,
            WITH_DATA=True,
            OUTPUT=demo.path("levering.zip"),
        )
        size = demo.path("levering.zip").stat().st_size / 1e6
        state = "concept" if done["IS_DRAFT"] else "definitief"
        said += [
            state,
            f"{done['FILES']} bestanden",
            f"{size:.1f} MB".replace(".", ","),
            f"{done['OPEN']} open bevindingen",
        ]
    with step("Controleren") as said:
        checked = demo.run("verify", DELIVERY=demo.path("levering.zip"), OUTPUT=demo.path("controle.json"))
        if not checked["VALID"]:
            raise StepError("de levering klopt niet; zie controle.json")
        said += ["de levering klopt", f"{checked['DIFFERENCES']} verschillen bij nareken"]
    with step("Verslag") as said:
        demo.run("report", **proposal, **sources, OUTPUT=demo.path("rapport.html"), MAPS=demo.path("kaart.pdf"))
        with zipfile.ZipFile(demo.path("levering.zip")) as archive:
            picture = next(name for name in archive.namelist() if name.endswith("rapport/kaart.png"))
            demo.path("kaart.png").write_bytes(archive.read(picture))
        said += ["rapport.html", "kaart.png", "kaart.pdf"]


def found_faults(demo: Demo) -> dict[tuple[str | None, str], bool]:
    """For each fault that was put into the plan (feature and rule), whether its rule found it."""
    named = numbers(demo.path("voorstel.gpkg"))
    seen: set[tuple[str | None, str]] = set()
    for file in ("bevindingen.json", "eigen_bevindingen.json"):
        seen |= {
            (named.get(finding["kenmerk"]), finding["regel"])
            for finding in json.loads(demo.path(file).read_bytes())["findings"]
            if finding["uitkomst"] == "overtreedt"
        }
    return {fault: fault in seen for fault in {**FAULTS, **OWN_FAULTS}}


def summary(demo: Demo) -> str:
    """What the demo found, and where it lies."""
    what = {**FAULTS, **OWN_FAULTS}
    target = _target(demo)
    lines = ["", "De fouten die in het plan zijn gelegd:"]
    for (feature, rule), seen in found_faults(demo).items():
        mark = "✓ gevonden" if seen else "✕ GEMIST"
        lines.append(f"  {mark:12}{feature or '':6}{what[feature, rule]:62}{rule}")
    lines += [
        "",
        f"Woningen in {target['place']}: {number(target['drawn'])} getekend, {number(target['remaining'])} te gaan.",
        "",
        f"Rapport    {demo.path('rapport.html')}",
        f"Kaart      {demo.path('kaart.png')}",
        f"Levering   {demo.path('levering.zip')}",
    ]
    return "\n".join(lines)


def main() -> int:
    """Run the demo; gives the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="below 1: fewer and larger fields")
    parser.add_argument("--folder", type=Path, default=CHECKOUT / "build" / "demo")
    arguments = parser.parse_args()
    if not (csw.installed() and mapserver.installed()):
        print("De servers ontbreken: voer eerst scripts/setup uit.", file=sys.stderr)
        return 1
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are ended too
    begin = time.perf_counter()
    try:
        demo = play(arguments.folder, arguments.scale)
    except (StepError, subprocess.TimeoutExpired) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    print(summary(demo))
    print(f"\nKlaar in {time.perf_counter() - begin:.0f} seconden.")
    return 0 if all(found_faults(demo).values()) else 1


if __name__ == "__main__":
    sys.exit(main())
