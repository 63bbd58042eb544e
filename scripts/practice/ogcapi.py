"""A real pygeoapi on loopback: OGC API Features over GeoPackages."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
PYTHON = CHECKOUT / ".venv-services" / "bin" / "python"
RD = "http://www.opengis.net/def/crs/EPSG/0/28992"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@dataclass(frozen=True)
class ServedCollection:
    """A collection to serve: a table of a GeoPackage with its key column."""

    name: str
    source: Path
    table: str
    key: str = "code"


def installed() -> bool:
    """Whether the environment with the servers is there."""
    return PYTHON.exists()


@contextmanager
def serve_pygeoapi(folder: Path, collections: Sequence[ServedCollection]) -> Iterator[str]:
    """Serve the collections; gives the landing page's address."""
    folder.mkdir(parents=True, exist_ok=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    base = f"http://127.0.0.1:{port}"
    settings, description = folder / "pygeoapi.json", folder / "openapi.json"
    settings.write_text(json.dumps(_settings(base, port, collections)), encoding="utf-8")
    environment = {**os.environ, "PYGEOAPI_CONFIG": str(settings), "PYGEOAPI_OPENAPI": str(description)}
    if Path("/usr/share/proj").is_dir():  # where Debian's own pyproj has its grids
        environment |= {"PROJ_LIB": "/usr/share/proj", "PROJ_DATA": "/usr/share/proj"}
    program = PYTHON.with_name("pygeoapi")
    make = [program, "openapi", "generate", settings, "--output-file", description, "--format", "json"]
    subprocess.run(make, env=environment, check=True, capture_output=True)
    server = f"from pygeoapi.flask_app import APP; APP.run(host='127.0.0.1', port={port}, threaded=True)"
    with (folder / "pygeoapi.log").open("wb") as log:
        process = subprocess.Popen([PYTHON, "-c", server], env=environment, stdout=log, stderr=log)
        try:
            _wait(base, process, folder / "pygeoapi.log")
            yield base
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait(base: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            raise RuntimeError(f"pygeoapi ended: {log.read_text(encoding='utf-8')[-2000:]}")
        try:
            with socket.create_connection(("127.0.0.1", int(base.rpartition(":")[2])), timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("pygeoapi did not start")


def _settings(base: str, port: int, collections: Sequence[ServedCollection]) -> dict[str, object]:
    contact = {"name": "practice", "address": "-", "city": "-", "email": "practice@example.org", "url": base}
    return {
        "server": {
            "bind": {"host": "127.0.0.1", "port": port},
            "url": base,
            "mimetype": "application/json; charset=UTF-8",
            "encoding": "utf-8",
            "languages": ["en-US"],
            "limits": {"default_items": 100, "max_items": 5000, "on_exceed": "throttle"},
            "map": {"url": "http://127.0.0.1/{z}/{x}/{y}.png", "attribution": "-"},
        },
        "logging": {"level": "ERROR"},
        "metadata": {
            "identification": {
                "title": "Practice",
                "description": "Practice data",
                "keywords": ["practice"],
                "terms_of_service": "-",
                "url": base,
            },
            "license": {"name": "CC0", "url": "https://creativecommons.org/publicdomain/zero/1.0/"},
            "provider": {"name": "practice", "url": base},
            "contact": contact,
        },
        "resources": {each.name: _resource(each, base) for each in collections},
    }


def _resource(collection: ServedCollection, base: str) -> dict[str, object]:
    return {
        "type": "collection",
        "title": collection.name,
        "description": "Practice data",
        "keywords": ["practice"],
        "links": [{"type": "text/html", "rel": "canonical", "title": "-", "href": base}],
        "extents": {"spatial": {"bbox": [3, 50, 8, 54], "crs": CRS84}},
        "providers": [
            {
                "type": "feature",
                "name": "SQLiteGPKG",
                "data": str(collection.source),
                "id_field": collection.key,
                "table": collection.table,
                "crs": [CRS84, RD],
                "storage_crs": RD,
            }
        ],
    }
