"""A real QGIS Server on loopback: WMS with a style of its own for each layer, and WMTS.

The program is QGIS Server's own CGI; it starts in a second, so one request for a whole sheet is enough. As a program,
`python -m scripts.practice.qgis_server PROJECT` serves a project until its input ends; it prints its address.
"""

from __future__ import annotations

import os
import subprocess
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from scripts.practice.answering import serve_answers, whole

PROGRAM = Path("/usr/lib/cgi-bin/qgis_mapserv.fcgi")
MODULES = Path("/usr/lib/qgis/server")


def installed(service: str = "wms") -> bool:
    """Whether QGIS Server's program is there, with the module of a service."""
    return PROGRAM.exists() and (MODULES / f"lib{service}.so").exists()


def answer(project: Path, query: str, timeout_s: float = 180, port: str = "80") -> tuple[str, bytes]:
    """The content type and the body of the server's answer to one GET request about a project.

    Raises RuntimeError, with what the server says, when it gives no answer.
    """
    project.with_suffix("").mkdir(mode=0o700, exist_ok=True)
    environment = {
        "PATH": os.environ.get("PATH", "/usr/bin"),
        # A profile of its own, or two at once wait for each other.
        "HOME": str(project.with_suffix("")),
        "XDG_RUNTIME_DIR": str(project.with_suffix("")),
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_PROJECT_FILE": str(project),
        "QGIS_SERVER_LOG_STDERR": "1",
        "QGIS_SERVER_LOG_LEVEL": "1",
        "GATEWAY_INTERFACE": "CGI/1.1",
        "REQUEST_METHOD": "GET",
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": port,
        "SERVER_PROTOCOL": "HTTP/1.0",
        "SCRIPT_NAME": "/ows",
        "REQUEST_URI": f"/ows?{query}",
        "QUERY_STRING": query,
    }
    process = subprocess.run(
        [PROGRAM], env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=timeout_s, check=False
    )
    heading, separator, body = process.stdout.partition(b"\r\n\r\n")
    if not separator:
        heading, separator, body = process.stdout.partition(b"\n\n")
    if not separator:
        raise RuntimeError(
            f"QGIS Server ended with {process.returncode}: {process.stderr[-2000:].decode(errors='replace')}"
        )
    headers = dict(line.partition(":")[::2] for line in heading.decode("latin-1").splitlines())
    return {name.lower(): value.strip() for name, value in headers.items()}.get("content-type", ""), body


def serve(project: Path) -> None:
    """Serve a project until the input ends; the address comes on the output."""

    def answered(handler: BaseHTTPRequestHandler) -> None:
        port = str(handler.server.server_address[1])
        kind, body = answer(project, handler.path.partition("?")[2], port=port)
        whole(body, Content_Type=kind)(handler)

    with serve_answers(answered) as address:
        print(f"{address}ows", flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    serve(Path(sys.argv[1]))
