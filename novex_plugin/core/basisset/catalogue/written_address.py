"""Addresses as metadata records write them, taken apart: base, service parameters, the file that is named."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

_REQUEST_KEY = re.compile(
    r"service|request|(accept)?versions?|typenames?|layers?|coverage(id)?|outputformat|format|f|styles?|srs(name)?|crs"
    r"|bbox|width|height|count|maxfeatures|startindex",
    re.IGNORECASE,
)
"""Query keys that belong to one request; what is left (a MapServer `map=`, a key) belongs to the service."""

_LAYER_KEYS = ("typenames", "typename", "layers", "layer", "coverageid", "coverage")
_DATA_FILE = re.compile(
    r".*\.(zip|7z|t?gz|tar|gpkg|gml|xml|(geo)?json|csv|km[lz]|shp|gdb|tiff?|asc|nc|grd|sqlite|dxf|dwg|dgn|fgb|parquet"
    r"|txt|xlsx|ods|mif|tab|la[sz]|vrt|img)",
    re.IGNORECASE,
)
_UNSAFE = re.compile(r"[\x00-\x20\x7f<>\"{}|\\^`]")


@dataclass(frozen=True)
class Address:
    """An http or https address: `path` and the parts of `query` as written, so that nothing is encoded otherwise."""

    scheme: str
    host: str
    path: str
    query: tuple[str, ...]

    @property
    def parameters(self) -> dict[str, str]:
        """The query with keys in lower case; the first of equal keys counts."""
        pairs = parse_qsl("&".join(self.query), keep_blank_values=True)
        return {key.lower(): value for key, value in reversed(pairs)}

    @property
    def base(self) -> str:
        """The address of the service itself, without the parameters of one request."""
        rest = (part for part in self.query if not _REQUEST_KEY.fullmatch(part.partition("=")[0]))
        return urlunsplit((self.scheme, self.host, self.path, "&".join(rest), ""))

    @property
    def whole(self) -> str:
        """The address with all its parameters, without a fragment."""
        return urlunsplit((self.scheme, self.host, self.path, "&".join(self.query), ""))

    @property
    def layer(self) -> str | None:
        """The layer or type that the query names."""
        given = (self.parameters.get(key, "").strip() for key in _LAYER_KEYS)
        return next((name for name in given if name), None)

    @property
    def names_file(self) -> bool:
        """Whether the answer will be a file with data: by its ending, or because the query asks for data."""
        asked = self.parameters.get("request", "").lower()
        wants_data = asked in {"getfeature", "getcoverage"} or "outputformat" in self.parameters
        return wants_data or _DATA_FILE.fullmatch(unquote(self.path).rsplit("/", 1)[-1]) is not None

    @property
    def segments(self) -> tuple[str, ...]:
        """The parts of the path, in lower case."""
        return tuple(part.lower() for part in self.path.split("/") if part)

    def until(self, segment: str) -> tuple[Address, tuple[str, ...]]:
        """The address cut off after a path segment (lower case), and the segments that followed it."""
        parts = self.path.split("/")
        lowered = [part.lower() for part in parts]
        if segment not in lowered:
            return self, ()
        position = lowered.index(segment)
        rest = tuple(unquote(part) for part in parts[position + 1 :] if part)
        return Address(self.scheme, self.host, "/".join(parts[: position + 1]), self.query), rest


def parse_address(written: str) -> Address | None:
    """Take an address apart; None when it is no usable http or https address."""
    try:
        parts = urlsplit(written.strip())
        port = parts.port
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not parts.hostname or _UNSAFE.search(written.strip()):
        return None
    if parts.username or parts.password:  # a record has no business with credentials
        return None
    host = parts.hostname if ":" not in parts.hostname else f"[{parts.hostname}]"
    netloc = f"{host}:{port}" if port else host
    query = tuple(part for part in parts.query.split("&") if part)
    return Address(parts.scheme.lower(), netloc, parts.path, query)
