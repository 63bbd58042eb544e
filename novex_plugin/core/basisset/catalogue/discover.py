"""Find the basisset: ask a catalogue, or read its saved answer, and make the register."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from novex_plugin.core.basisset.catalogue import KEYWORD, csw
from novex_plugin.core.basisset.catalogue.answers import Answer, BadAnswer, read_answer
from novex_plugin.core.basisset.catalogue.kinds import Kinds, folded
from novex_plugin.core.basisset.catalogue.record import (
    Unusable,
    identifier,
    is_dataset,
    keywords,
    read_record,
    record_date,
    title_of,
)
from novex_plugin.core.basisset.catalogue.written_address import Address, parse_address
from novex_plugin.core.basisset.elements import Element
from novex_plugin.core.basisset.network import MEBIBYTE, Fetch, NetworkError
from novex_plugin.core.basisset.register import Dataset, Register, Source
from novex_plugin.core.errors import InputError
from novex_plugin.core.moment import as_written
from novex_plugin.core.progress import Progress, stop_if_cancelled

MAXIMUM_FILE_BYTES = 512 * MEBIBYTE
MAXIMUM_RECORDS = 20_000
MAXIMUM_PAGES = 2_000

_RETRY = "Probeer het later opnieuw, of geef een opgeslagen GetRecords-bestand."


def discover(
    catalogue: str, keyword: str, fetch: Fetch, kinds: Kinds, clock: Callable[[], datetime], progress: Progress
) -> Register:
    """Make the register of the datasets with this keyword (compared without regard to case).

    `catalogue` is the address of a CSW 2.0.2 service or the path of a saved GetRecords answer; the moment of a saved
    answer is the one that it names itself. Raises InputError when the catalogue cannot be reached or understood, or
    gives fewer distinct records than it says it has.
    """
    wanted = folded(keyword)
    if not wanted:
        raise InputError("er is geen trefwoord gegeven.", f"Geef een trefwoord, zoals {KEYWORD}.", field="KEYWORD")
    found = _Found(wanted, kinds)
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", catalogue):
        address = parse_address(catalogue)
        if address is None:
            remedy = "Geef het adres van een CSW-dienst (https://…) of het pad van een opgeslagen GetRecords-bestand."
            raise InputError(f"{catalogue[:200]} is geen http- of https-adres.", remedy, field="CATALOGUE")
        source, moment = _ask(address, keyword.strip(), fetch, found, progress), None
    else:
        source, moment = _read_saved(Path(catalogue), keyword.strip(), found, progress)
    if not found.datasets:
        found.warnings.append(f"geen enkele dataset met het trefwoord '{keyword.strip()}'")
    datasets = tuple(dataset for _, dataset in sorted(found.datasets.items()))
    return Register(moment or as_written(clock()), source, datasets, tuple(sorted(found.warnings)))


@dataclass
class _Found:
    """What has come in: datasets by identifier, all distinct records as key and digest, and what was kept out.

    `other` counts the results that are no ISO 19139 record.
    """

    keyword: str
    kinds: Kinds
    datasets: dict[str, Dataset] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    other: int = 0
    warnings: list[str] = field(default_factory=list)

    def take(self, records: Iterable[Element]) -> tuple[int, int]:
        """Take in records; give how many came and how many of them were new."""
        came, before = 0, len(self.keys)
        for record in records:
            came += 1
            digest = _content_digest(record)
            key = identifier(record) or f"inhoud {digest}"
            if key not in self.keys:
                self.keys[key] = digest
                self._keep(key, record)
            elif self.keys[key] != digest:
                self._twice(key, digest, record)
            if len(self.keys) > MAXIMUM_RECORDS:
                raise BadAnswer(f"het zijn meer dan {MAXIMUM_RECORDS} records")
        return came, len(self.keys) - before

    def _keep(self, key: str, record: Element) -> None:
        if not any(folded(word) == self.keyword for word in keywords(record)):
            self.warnings.append(f"record {key} heeft het trefwoord niet en is weggelaten")
        elif not is_dataset(record):
            self.warnings.append(f"record {key} beschrijft geen dataset en is weggelaten")
        else:
            try:
                self.datasets[key] = read_record(record, self.kinds)
            except Unusable as error:
                self.warnings.append(f"record ({_named(record)}) {error} is weggelaten")

    def _twice(self, key: str, digest: str, record: Element) -> None:
        """Two records with one identifier: the newest counts, whichever came first."""
        self.warnings.append(f"record {key} komt twee keer voor met verschillende inhoud; de nieuwste telt")
        kept = self.datasets.get(key)
        before = ((kept.dates.record or "") if kept else "", self.keys[key])
        if (record_date(record) or "", digest) > before:
            self.datasets.pop(key, None)
            self.keys[key] = digest
            self._keep(key, record)


def _content_digest(record: Element) -> str:
    digest = hashlib.sha256()
    pending = [record]
    while pending:
        element = pending.pop()
        content = (element.tag, sorted(element.attrib.items()), (element.text or "").strip())
        digest.update(repr(content).encode(errors="replace"))
        pending.extend(element)
    return digest.hexdigest()[:16]


def _named(record: Element) -> str:
    return title_of(record) or f"inhoud {_content_digest(record)}"


def _ask(address: Address, keyword: str, fetch: Fetch, found: _Found, progress: Progress) -> Source:
    where = address.base
    with tempfile.TemporaryDirectory(prefix="novex-csw-") as folder:
        asker = _Asker(address, keyword, fetch, Path(folder) / "answer.xml", progress)
        try:
            matched = _all_pages(asker, found, progress)
        except (BadAnswer, NetworkError) as error:
            raise InputError(f"de catalogus {where} is niet te lezen: {error}.", _RETRY, field="CATALOGUE") from error
    _require_all(matched, found, f"de catalogus {where}", "Probeer het later opnieuw; meld het anders de beheerder.")
    return Source(where, keyword, matched, len(found.keys))


@dataclass
class _Asker:
    address: Address
    keyword: str
    fetch: Fetch
    path: Path
    progress: Progress

    def page(self, dialect: csw.Dialect, result: csw.ResultType, start: int) -> tuple[Answer, Iterable[Element]]:
        """Ask for a page; its records are read from the file when they are iterated."""
        request = dialect.request(self.address, self.keyword, result, start)
        response = self.fetch(request, self.path, self.progress)
        answer = Answer()
        if response.ok:
            return answer, read_answer(self.path, answer)
        try:
            for _ in read_answer(self.path, answer):
                break
        except BadAnswer as error:
            raise BadAnswer(f"status {response.status}, {error}") from error
        raise BadAnswer(f"status {response.status}")

    def hits(self, dialect: csw.Dialect) -> int:
        """How many records the catalogue says it has."""
        answer, records = self.page(dialect, "hits", 1)
        for _ in records:
            pass
        if answer.matched is None:
            raise BadAnswer("het antwoord zegt niet hoeveel records er zijn")
        return answer.matched


def _all_pages(asker: _Asker, found: _Found, progress: Progress) -> int:
    """Page by what has come in, never by what the catalogue says is next; stop when nothing new comes."""
    dialect, matched = _best_dialect(asker)
    progress.info(f"De catalogus kent {matched} records met het trefwoord ({dialect.name}).")
    start = 1
    for _ in range(MAXIMUM_PAGES):
        if len(found.keys) + found.other >= matched:
            break
        stop_if_cancelled(progress)
        answer, records = asker.page(dialect, "results", start)
        came, new = found.take(records)
        if new == 0 and answer.other == 0:
            break
        found.other += answer.other
        start += came + answer.other
        matched = max(matched, answer.matched or 0)
        progress.fraction(min(1.0, len(found.keys) / matched))
    return matched


def _best_dialect(asker: _Asker) -> tuple[csw.Dialect, int]:
    """The dialect in which the catalogue knows most records; one that it does not understand is passed by."""
    counted: list[tuple[int, csw.Dialect]] = []
    refused: list[BadAnswer] = []
    for dialect in csw.DIALECTS:
        try:
            counted.append((asker.hits(dialect), dialect))
        except BadAnswer as error:
            refused.append(error)
    if not counted:
        raise refused[0]
    matched, dialect = max(counted, key=lambda pair: pair[0])
    return dialect, matched


def _read_saved(path: Path, keyword: str, found: _Found, progress: Progress) -> tuple[Source, str | None]:
    answer = Answer()
    if path.is_file() and path.stat().st_size > MAXIMUM_FILE_BYTES:
        raise InputError("is groter dan 512 MiB.", "Geef een kleiner antwoord, of het adres.", file=path)
    try:
        found.take(_until_cancelled(read_answer(path, answer), progress))
    except OSError as error:
        remedy = "Controleer het pad, of geef het adres van een CSW-dienst."
        raise InputError(f"kan niet gelezen worden ({error.strerror or error}).", remedy, file=path) from error
    except BadAnswer as error:
        remedy = "Bewaar het antwoord van de catalogus op GetRecords (outputSchema gmd) opnieuw."
        raise InputError(f"is geen bruikbaar GetRecords-bestand: {error}.", remedy, file=path) from error
    found.other = answer.other
    matched = len(found.keys) if answer.matched is None else answer.matched
    remedy = "Bewaar alle records in één bestand (maxRecords ten minste zo groot als het aantal), of geef het adres."
    _require_all(matched, found, "het bestand", remedy, path)
    return Source(path.name, keyword, matched, len(found.keys)), _moment(answer.timestamp)


def _until_cancelled(records: Iterable[Element], progress: Progress) -> Iterable[Element]:
    for record in records:
        stop_if_cancelled(progress)
        yield record


def _require_all(matched: int, found: _Found, what: str, remedy: str, file: Path | None = None) -> None:
    received = len(found.keys) + found.other
    if received < matched:
        problem = f"{what} is onvolledig: {matched} records aangekondigd, {received} verschillende ontvangen."
        raise InputError(problem, remedy, file=file, field=None if file else "CATALOGUE")
    if received > matched:
        found.warnings.append(f"{matched} records aangekondigd, {received} verschillende ontvangen")
    if found.other:
        found.warnings.append(f"{found.other} resultaten zijn geen ISO 19139-record en zijn weggelaten")


def _moment(timestamp: str | None) -> str | None:
    """The moment of a saved answer, in UTC; one without a zone is taken as UTC."""
    try:
        moment = datetime.fromisoformat(timestamp or "")
    except ValueError:
        return None
    return as_written(moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment)
