"""Addresses of services: parameters added, and the record's own left alone."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit, urlunsplit

from novex_plugin.core.basisset.catalogue.written_address import parse_address
from novex_plugin.core.basisset.network import SCHEMES
from novex_plugin.core.basisset.pull.failure import PullFailure


def with_query(address: str, parameters: Mapping[str, str | int]) -> str:
    """The address with these parameters, in place of those of the same name whatever their case."""
    parts = urlsplit(address)
    given = {name.lower() for name in parameters}
    kept = [
        (name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name.lower() not in given
    ]
    pairs = [*kept, *((name, str(value)) for name, value in parameters.items())]
    query = urlencode(pairs, quote_via=quote, safe=":,/;=")
    return urlunsplit((parts.scheme, parts.netloc, parts.path, query, ""))


def without_requests(address: str) -> str:
    """A service's base: its address without the parameters that make it one request."""
    taken_apart = parse_address(address)
    return taken_apart.base if taken_apart is not None else address


def resolved(base: str, link: str) -> str:
    """A link found in an answer from `base`, absolute. Raises PullFailure when it leads off http and https."""
    address = urljoin(base, link.strip())
    if urlsplit(address).scheme not in SCHEMES:
        raise PullFailure(f"de server verwijst naar {address[:200]}, dat geen http- of https-adres is.")
    return address
