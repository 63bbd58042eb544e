"""A real MapServer on loopback: WFS, WMS, WCS and its OGC API, with a folder of files beside it.

The program is MapServer's own CGI, one process for each request, as it runs at most data providers.
"""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

PROGRAM = Path("/usr/lib/cgi-bin/mapserv")
TEMPLATES = Path("/usr/share/mapserver/ogcapi/templates/html-plain")
MAP_KEY = "practice"
_GML_TYPES = {"POLYGON": "multipolygon", "LINE": "multiline", "POINT": "point"}


@dataclass(frozen=True)
class ServedLayer:
    """A layer to serve: `source` is a GeoPackage with table `table`, or a GeoTIFF when `table` is None."""

    name: str
    source: Path
    table: str | None = None
    geometry: str = "POLYGON"
    title: str = ""


@dataclass(frozen=True)
class MapServer:
    """Where the running server listens."""

    base: str
    folder: Path
    requests: list[str]
    """The query of every request, in the order in which they came."""

    @property
    def ows(self) -> str:
        """The address of WFS, WMS and WCS."""
        return f"{self.base}/ows"

    @property
    def ogcapi(self) -> str:
        """The landing page of MapServer's own OGC API."""
        return f"{self.base}/api/{MAP_KEY}/ogcapi"

    def file(self, name: str) -> str:
        """The address of a file in the served folder."""
        return f"{self.base}/files/{name}"


def installed() -> bool:
    """Whether MapServer's CGI program is there."""
    return PROGRAM.exists()


@contextmanager
def serve_mapserver(
    folder: Path, layers: Sequence[ServedLayer], maximum: int | None = None, delay_s: float = 0.0
) -> Iterator[MapServer]:
    """Serve `layers`, and the files of `folder` under /files/.

    `maximum` caps the features of one WFS answer; `delay_s` is waited before each page of features.
    """
    folder.mkdir(parents=True, exist_ok=True)
    handler = partial(_Handler, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        base = f"http://127.0.0.1:{server.server_address[1]}"
        settings = folder / ".mapserver"
        settings.mkdir(exist_ok=True)
        _write_settings(settings, base, layers, maximum)
        server.settings, server.delay_s, server.requests = settings, delay_s, []
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield MapServer(base, folder, server.requests)
        finally:
            server.shutdown()
            thread.join()


def _write_settings(settings: Path, base: str, layers: Sequence[ServedLayer], maximum: int | None) -> None:
    mapfile = settings / "practice.map"
    mapfile.write_text(_mapfile(base, layers, maximum), encoding="utf-8")
    (settings / "mapserver.conf").write_text(
        f'CONFIG\n  ENV\n    MS_MAP_PATTERN "."\n    OGCAPI_HTML_TEMPLATE_DIRECTORY "{TEMPLATES}/"\n  END\n'
        f'  MAPS\n    {MAP_KEY} "{mapfile}"\n  END\nEND\n',
        encoding="utf-8",
    )


def _mapfile(base: str, layers: Sequence[ServedLayer], maximum: int | None) -> str:
    cap = f'      "wfs_maxfeatures" "{maximum}"\n' if maximum else ""
    return f"""MAP
  NAME "practice"
  EXTENT 0 300000 280000 625000
  SIZE 800 800
  UNITS METERS
  IMAGETYPE PNG
  PROJECTION "init=epsg:28992" END
  OUTPUTFORMAT
    NAME "GEOTIFF_FLOAT"
    DRIVER "GDAL/GTiff"
    MIMETYPE "image/tiff"
    IMAGEMODE FLOAT32
    EXTENSION "tif"
    FORMATOPTION "NULLVALUE=-9999"
  END
  WEB
    METADATA
      "ows_title" "Practice"
      "ows_abstract" "Practice data"
      "ows_onlineresource" "{base}/ows?"
      "oga_onlineresource" "{base}/api/{MAP_KEY}/ogcapi"
      "ows_srs" "EPSG:28992 EPSG:4258 EPSG:4326"
      "ows_enable_request" "*"
      "oga_enable_request" "*"
      "oga_max_limit" "10000"
      "wfs_namespace_prefix" "ms"
      "wfs_namespace_uri" "http://mapserver.gis.umn.edu/mapserver"
      "wcs_label" "Practice"
{cap}    END
  END
{"".join(_layer(layer) for layer in layers)}END
"""


def _layer(layer: ServedLayer) -> str:
    title = layer.title or layer.name
    if layer.table is None:
        return f"""  LAYER
    NAME "{layer.name}"
    TYPE RASTER
    STATUS ON
    DATA "{layer.source}"
    PROJECTION "init=epsg:28992" END
    METADATA
      "ows_title" "{title}"
      "wcs_label" "{title}"
      "wcs_rangeset_name" "values"
      "wcs_rangeset_label" "values"
      "wcs_formats" "GEOTIFF_FLOAT"
      "wcs_native_format" "image/tiff"
      "ows_enable_request" "*"
    END
  END
"""
    return f"""  LAYER
    NAME "{layer.name}"
    TYPE {layer.geometry}
    STATUS ON
    CONNECTIONTYPE OGR
    CONNECTION "{layer.source}"
    DATA "{layer.table}"
    PROJECTION "init=epsg:28992" END
    METADATA
      "ows_title" "{title}"
      "ows_enable_request" "*"
      "oga_enable_request" "*"
      "gml_include_items" "all"
      "gml_featureid" "code"
      "gml_types" "auto"
      "wfs_getfeature_formatlist" "gml"
      "gml_geometries" "geom"
      "gml_geom_type" "{_GML_TYPES[layer.geometry]}"
    END
    CLASS
      STYLE
        COLOR 60 120 60
      END
    END
    TEMPLATE "fooOnlyForWMSGetFeatureInfo"
  END
"""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    settings: Path
    delay_s: float
    requests: list[str]


class _Handler(SimpleHTTPRequestHandler):
    """Answers /ows and /api with MapServer, /files with the folder."""

    protocol_version = "HTTP/1.0"

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        if path.startswith(("/ows", "/api/")):
            self._run(path, query)
        elif path.startswith("/files/") and "/." not in path:
            self.path = self.path.removeprefix("/files")
            super().do_GET()
        else:
            self.send_error(404)

    def _run(self, path: str, query: str) -> None:
        server = self.server
        if not isinstance(server, _Server):
            return
        settings = server.settings
        server.requests.append(query)
        if "request=GetFeature" in query and "resulttype=hits" not in query:
            time.sleep(server.delay_s)
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin"),
            "MAPSERVER_CONFIG_FILE": str(settings / "mapserver.conf"),
            "GATEWAY_INTERFACE": "CGI/1.1",
            "REQUEST_METHOD": "GET",
            "SERVER_NAME": "127.0.0.1",
            "SERVER_PORT": str(self.server.server_address[1]),
            "HTTP_HOST": self.headers.get("Host", ""),
            "HTTP_ACCEPT": self.headers.get("Accept", "*/*"),
            "SERVER_PROTOCOL": "HTTP/1.0",
            "SERVER_SOFTWARE": "practice",
        }
        if path.startswith("/api/"):
            environment |= {"SCRIPT_NAME": "/api", "PATH_INFO": path.removeprefix("/api"), "QUERY_STRING": query}
        else:
            environment |= {"SCRIPT_NAME": "/ows", "QUERY_STRING": f"map={MAP_KEY}&{query}"}
        with subprocess.Popen([PROGRAM], env=environment, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
            if process.stdout is None:
                return
            status, headers = "200 OK", []
            while (line := process.stdout.readline().strip()) != b"":
                name, _, value = line.decode("latin-1").partition(":")
                if name.lower() == "status":
                    status = value.strip()
                else:
                    headers.append((name, value.strip()))
            code, _, reason = status.partition(" ")
            self.send_response(int(code), reason)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
            try:
                while piece := process.stdout.read1(1 << 16):
                    self.wfile.write(piece)
            except ConnectionError:
                process.kill()

    def log_message(self, *_: object) -> None:
        """Stay silent: the tests speak."""
