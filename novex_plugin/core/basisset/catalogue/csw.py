"""The requests of CSW 2.0.2 for the records with one keyword, in the dialects that catalogues understand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import quote, urlencode

from novex_plugin.core.basisset.catalogue.written_address import Address
from novex_plugin.core.basisset.network import MEBIBYTE, Request

PAGE = 50
"""Records asked in one request; the catalogue may give fewer."""

MAXIMUM_PAGE_BYTES = 32 * MEBIBYTE
_TIMEOUT_S, _TOTAL_S = 30.0, 300.0
_ISO = "http://www.isotc211.org/2005/gmd"

ResultType = Literal["hits", "results"]


@dataclass(frozen=True)
class Dialect:
    """One way to ask: a name for messages, and the request for a page that starts at `start` (from 1)."""

    name: str
    request: Callable[[Address, str, ResultType, int], Request]


def _by_cql(address: Address, keyword: str, result: ResultType, start: int) -> Request:
    """GET with CQL, as GeoNetwork (the Nationaal Georegister) takes it; it compares without regard to case."""
    literal = keyword.lower().replace("'", "''")
    query = {
        "service": "CSW",
        "version": "2.0.2",
        "request": "GetRecords",
        "typeNames": "gmd:MD_Metadata",
        "outputSchema": _ISO,
        "elementSetName": "full",
        "resultType": result,
        "constraintLanguage": "CQL_TEXT",
        "constraint_language_version": "1.1.0",
        "constraint": f"type='dataset' AND Subject='{literal}'",
        "startPosition": str(start),
        "maxRecords": str(PAGE),
    }
    base = address.base
    url = f"{base}{'&' if '?' in base else '?'}{urlencode(query, quote_via=quote)}"
    return Request(url, timeout_s=_TIMEOUT_S, total_s=_TOTAL_S, maximum_bytes=MAXIMUM_PAGE_BYTES)


_FILTERED = """<?xml version="1.0" encoding="UTF-8"?>
<csw:GetRecords xmlns:csw="http://www.opengis.net/cat/csw/2.0.2" xmlns:ogc="http://www.opengis.net/ogc"
  xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:apiso="http://www.opengis.net/cat/csw/apiso/1.0"
  service="CSW" version="2.0.2" resultType="{result}" startPosition="{start}" maxRecords="{page}"
  outputFormat="application/xml" outputSchema="{schema}">
  <csw:Query typeNames="gmd:MD_Metadata">
    <csw:ElementSetName>full</csw:ElementSetName>
    <csw:Constraint version="1.1.0">
      <ogc:Filter>
        <ogc:PropertyIsLike matchCase="false" wildCard="%" singleChar="_" escapeChar="\\">
          <ogc:PropertyName>apiso:Subject</ogc:PropertyName>
          <ogc:Literal>%{keyword}%</ogc:Literal>
        </ogc:PropertyIsLike>
      </ogc:Filter>
    </csw:Constraint>
  </csw:Query>
</csw:GetRecords>
"""


def _by_filter(address: Address, keyword: str, result: ResultType, start: int) -> Request:
    """POST with an OGC filter on part of the keywords, as pycsw and other catalogues take it."""
    literal = escape("".join(f"\\{sign}" if sign in "\\%_" else sign for sign in keyword), quote=False)
    body = _FILTERED.format(result=result, start=start, page=PAGE, schema=_ISO, keyword=literal)
    headers = {"Content-Type": "application/xml; charset=UTF-8"}
    return Request(address.base, "POST", headers, body.encode(), _TIMEOUT_S, _TOTAL_S, maximum_bytes=MAXIMUM_PAGE_BYTES)


DIALECTS = (Dialect("CQL", _by_cql), Dialect("OGC-filter", _by_filter))
"""In order of preference; the one for which the catalogue knows most records is used."""
