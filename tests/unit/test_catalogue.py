"""Asking a catalogue and reading its saved answers, also when it lies."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from novex_plugin.core.basisset.catalogue.discover import discover
from novex_plugin.core.basisset.catalogue.kinds import Kinds
from novex_plugin.core.basisset.network import NetworkError, Request, Response
from novex_plugin.core.basisset.register import Register, read_register, write_register
from novex_plugin.core.errors import Cancelled, InputError
from novex_plugin.core.progress import Progress, Silent

ADDRESS = "https://catalogus.nl/csw"
KEYWORD = "basisset NOVEX"
MOMENT = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def record(name: str | None, keyword: str = KEYWORD, level: str = "dataset", title: str = "Wegen") -> str:
    def said(tag: str, text: str) -> str:
        return f"<gmd:{tag}><gco:CharacterString>{text}</gco:CharacterString></gmd:{tag}>"

    words = f"<gmd:MD_Keywords>{said('keyword', keyword)}</gmd:MD_Keywords>"
    words = f"<gmd:descriptiveKeywords>{words}</gmd:descriptiveKeywords>"
    citation = f"<gmd:citation><gmd:CI_Citation>{said('title', title)}</gmd:CI_Citation></gmd:citation>"
    code = f'<gmd:hierarchyLevel><gmd:MD_ScopeCode codeListValue="{level}"/></gmd:hierarchyLevel>'
    return (
        '<gmd:MD_Metadata xmlns:gmd="http://www.isotc211.org/2005/gmd" xmlns:gco="http://www.isotc211.org/2005/gco">'
        f"{said('fileIdentifier', name) if name else ''}{code}<gmd:identificationInfo><gmd:MD_DataIdentification>"
        f"{citation}{words}</gmd:MD_DataIdentification></gmd:identificationInfo></gmd:MD_Metadata>"
    )


def answer(records: list[str], matched: int | str, next_record: int = 0, timestamp: str = "") -> bytes:
    status = f'<csw:SearchStatus timestamp="{timestamp}"/>' if timestamp else ""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<csw:GetRecordsResponse xmlns:csw="http://www.opengis.net/cat/csw/2.0.2">{status}'
        f'<csw:SearchResults numberOfRecordsMatched="{matched}" numberOfRecordsReturned="{len(records)}"'
        f' nextRecord="{next_record}">{"".join(records)}</csw:SearchResults></csw:GetRecordsResponse>'
    ).encode()


REPORT = (
    b'<ows:ExceptionReport xmlns:ows="http://www.opengis.net/ows"><ows:Exception exceptionCode="NoApplicableCode">'
    b"<ows:ExceptionText>index is weg</ows:ExceptionText></ows:Exception></ows:ExceptionReport>"
)
Page = Callable[[int], bytes]


def parameters(request: Request) -> tuple[str, int]:
    """The result type and the start position that a request of either dialect asks for."""
    if request.method == "GET":
        query = parse_qs(urlsplit(request.url).query)
        return query["resultType"][0], int(query["startPosition"][0])
    text = (request.body or b"").decode()
    found = re.search(r'resultType="(\w+)" startPosition="(\d+)"', text)
    assert found is not None
    return found[1], int(found[2])


@dataclass
class Catalogue:
    """A catalogue that says that it has `matched` records and gives `page(start)`; POST is not understood."""

    matched: int
    page: Page
    status: int = 200
    asked: list[int] = field(default_factory=list)

    def __call__(self, request: Request, path: Path, progress: Progress) -> Response:
        kind, start = parameters(request)
        if request.method == "POST":
            path.write_bytes(REPORT)
            return Response(400, {}, request.url, path, len(REPORT))
        if kind == "results":
            self.asked.append(start)
        path.write_bytes(answer([], self.matched) if kind == "hits" else self.page(start))
        return Response(self.status, {}, request.url, path, path.stat().st_size)


def pages(records: list[str], size: int, matched: int | None = None, next_record: int = 0) -> Catalogue:
    count = len(records) if matched is None else matched
    return Catalogue(count, lambda start: answer(records[start - 1 : start - 1 + size], count, next_record))


def ask(fetch: Catalogue | Callable[..., Response], catalogue: str = ADDRESS, keyword: str = KEYWORD) -> Register:
    return discover(catalogue, keyword, fetch, Kinds({}, {}), lambda: MOMENT, Silent())


def saved(path: Path, content: bytes) -> Register:
    def refuse(*_: object) -> Response:
        raise AssertionError("a saved answer needs no network")

    path.write_bytes(content)
    return ask(refuse, str(path))


RECORDS = [record(f"rec-{number:02}") for number in range(1, 24)]


@pytest.mark.parametrize("next_record", [0, -1, 1, 5, 999])
@pytest.mark.parametrize("size", [1, 7, 10, 50])
def test_all_pages_are_read_whatever_is_said_to_be_next(size: int, next_record: int) -> None:
    catalogue = pages(RECORDS, size, next_record=next_record)
    register = ask(catalogue)
    assert [dataset.id for dataset in register.datasets] == [f"rec-{number:02}" for number in range(1, 24)]
    assert (register.source.matched, register.source.received) == (23, 23)
    assert len(catalogue.asked) == -(-23 // size)
    assert register.moment == "2026-11-20T08:00:00Z"


def test_datasets_are_sorted_and_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for name, records in (("a", RECORDS), ("b", RECORDS[::-1])):
        write_register(tmp_path / name, ask(pages(records, 10)))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()
    assert read_register(tmp_path / "a") == ask(pages(RECORDS, 10))


def test_a_catalogue_that_repeats_its_first_page_is_incomplete() -> None:
    catalogue = Catalogue(23, lambda _: answer(RECORDS[:10], 23))
    with pytest.raises(InputError, match="23 records aangekondigd, 10 verschillende ontvangen"):
        ask(catalogue)
    assert catalogue.asked == [1, 11]


def test_a_catalogue_that_gives_fewer_than_it_says_is_incomplete() -> None:
    with pytest.raises(InputError, match="onvolledig: 25 records aangekondigd, 23"):
        ask(pages(RECORDS, 10, matched=25))


def test_a_catalogue_that_stops_giving_is_incomplete() -> None:
    with pytest.raises(InputError, match="5 records aangekondigd, 0"):
        ask(pages([], 10, matched=5))


def test_pages_that_overlap_still_give_each_record_once() -> None:
    register = ask(Catalogue(23, lambda start: answer(RECORDS[max(0, start - 3) : start + 7], 23)))
    assert len(register.datasets) == 23


def test_more_than_was_said_is_kept_and_told() -> None:
    register = ask(Catalogue(5, lambda _: answer(RECORDS[:10], 5)))
    assert len(register.datasets) == 10
    assert any("5 records aangekondigd, 10" in warning for warning in register.warnings)


def test_a_count_that_grows_on_the_way_is_followed() -> None:
    register = ask(Catalogue(20, lambda start: answer(RECORDS[start - 1 : start + 9], 23)))
    assert len(register.datasets) == 23


def test_records_without_identifier_are_kept_out_and_told_and_the_others_go_on() -> None:
    records = [*RECORDS[:2], record(None, title="Naamloos"), record(None, title="Ook")]
    register = ask(pages(records, 10))
    assert [dataset.id for dataset in register.datasets] == ["rec-01", "rec-02"]
    assert register.source.received == 4
    assert any("Naamloos" in warning and "fileIdentifier" in warning for warning in register.warnings)


@pytest.mark.parametrize("word", ["basisset NOVEX", "basisset novex", "Basisset NOVEX", " Basisset  Novex "])
def test_the_keyword_is_compared_without_regard_to_case(word: str) -> None:
    assert len(ask(pages([record("a", word)], 10)).datasets) == 1
    assert len(ask(pages([record("a")], 10), keyword=word).datasets) == 1


def test_what_has_another_keyword_or_is_a_service_is_left_out_and_told() -> None:
    records = [
        record("a"),
        record("b", "basisset NOVEX oud"),
        record("c", level="service"),
        record("d", level="series"),
    ]
    register = ask(pages(records, 10))
    assert [dataset.id for dataset in register.datasets] == ["a", "d"]
    assert len(register.warnings) == 2
    assert register.source.received == 4


def test_of_two_records_with_one_identifier_the_newest_counts_and_it_is_told() -> None:
    def dated(title: str, date: str) -> str:
        stamp = f"<gmd:dateStamp><gco:Date>{date}</gco:Date></gmd:dateStamp>"
        return record("a", title=title).replace("<gmd:hierarchyLevel>", f"{stamp}<gmd:hierarchyLevel>", 1)

    old, new = dated("Oud", "2020-01-01"), dated("Nieuw", "2024-01-01")
    registers = [ask(Catalogue(1, lambda _, order=order: answer(order, 1))) for order in ([old, new], [new, old])]
    assert [register.datasets[0].title for register in registers] == ["Nieuw", "Nieuw"]
    assert "verschillende inhoud" in registers[0].warnings[0]
    assert registers[0] == registers[1]


def test_nothing_found_is_told() -> None:
    register = ask(pages([], 10))
    assert register.datasets == ()
    assert any("geen enkele dataset" in warning for warning in register.warnings)


def test_results_that_are_no_iso_record_are_counted_and_told() -> None:
    dublin = '<csw:Record xmlns:csw="http://www.opengis.net/cat/csw/2.0.2"/>'
    register = ask(pages([RECORDS[0], dublin, RECORDS[1]], 10))
    assert len(register.datasets) == 2
    assert any("1 resultaten zijn geen ISO 19139-record" in warning for warning in register.warnings)


BOMB = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><a>&b;</a>'
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a>&a;</a>'
UNUSABLE = {
    "a web page": (b"<!DOCTYPE html><html><body>Onderhoud</body></html>", "webpagina"),
    "a bare web page": (b"\n <html><body>Onderhoud</body></html>", "webpagina"),
    "truncated XML": (answer(RECORDS[:3], 3)[:-200], "geen volledige XML"),
    "an entity bomb": (BOMB, "DOCTYPE"),
    "an outside entity": (OUTSIDE, "DOCTYPE"),
    "an exception report": (REPORT, "index is weg"),
    "JSON": (b'{"records": []}', "geen XML"),
    "nothing": (b"", "leeg"),
    "another document": (b"<Capabilities/>", "Capabilities"),
    "CSW 3": (b'<r:GetRecordsResponse xmlns:r="http://www.opengis.net/cat/csw/3.0"/>', "CSW 2.0.2"),
    "an unknown encoding": (b'<?xml version="1.0" encoding="x-none"?><a/>', "XML"),
    "bytes": (b"<a>\xff\xfe\x00</a>", "GetRecords"),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_an_unusable_answer_is_refused_with_a_remedy(name: str, tmp_path: Path) -> None:
    content, told = UNUSABLE[name]
    with pytest.raises(InputError, match=told) as caught:
        ask(Catalogue(3, lambda _: content))
    assert caught.value.remedy
    with pytest.raises(InputError, match=told) as caught:
        saved(tmp_path / "antwoord.xml", content)
    assert caught.value.file == tmp_path / "antwoord.xml"


def test_a_record_without_end_is_refused() -> None:
    huge = record("a").replace("</gmd:MD_Metadata>", "<gmd:contact/>" * 200_001 + "</gmd:MD_Metadata>")
    with pytest.raises(InputError, match="onredelijk groot"):
        ask(pages([huge], 10))


def test_an_error_status_is_told_with_what_the_catalogue_says() -> None:
    def failing(request: Request, path: Path, progress: Progress) -> Response:
        path.write_bytes(REPORT)
        return Response(500, {}, request.url, path, 1)

    with pytest.raises(InputError, match=r"status 500.*index is weg"):
        ask(failing)


def test_an_unreachable_catalogue_is_told_with_a_remedy() -> None:
    def unreachable(*_: object) -> Response:
        raise NetworkError("de verbinding mislukte", retryable=True)

    with pytest.raises(InputError, match=r"verbinding mislukte.*opgeslagen GetRecords-bestand"):
        ask(unreachable)


def test_the_dialect_with_most_records_is_used() -> None:
    """A catalogue may understand equality on keywords but compare it with all keywords of a record together."""

    def fetch(request: Request, path: Path, progress: Progress) -> Response:
        kind, start = parameters(request)
        records = RECORDS if request.method == "POST" else RECORDS[:1]
        path.write_bytes(answer([] if kind == "hits" else records[start - 1 : start + 9], len(records)))
        return Response(200, {}, request.url, path, 1)

    assert len(ask(fetch).datasets) == 23


def test_keywords_are_escaped_in_both_dialects() -> None:
    seen: list[str] = []

    def fetch(request: Request, path: Path, progress: Progress) -> Response:
        seen.append((request.body or b"").decode() or parse_qs(urlsplit(request.url).query)["constraint"][0])
        path.write_bytes(answer([], 0))
        return Response(200, {}, request.url, path, 1)

    ask(fetch, keyword="a'b<&%_\\c")
    assert seen[0] == "type='dataset' AND Subject='a''b<&%_\\c'"
    assert "<ogc:Literal>%a'b&lt;&amp;\\%\\_\\\\c%</ogc:Literal>" in seen[1]


def test_a_cancelled_search_stops() -> None:
    class Impatient(Silent):
        def cancelled(self) -> bool:
            return True

    with pytest.raises(Cancelled):
        discover(ADDRESS, KEYWORD, pages(RECORDS, 10), Kinds({}, {}), lambda: MOMENT, Impatient())


def test_addresses_with_a_request_lose_it_and_keep_their_own_parameters() -> None:
    seen: list[str] = []

    def fetch(request: Request, path: Path, progress: Progress) -> Response:
        seen.append(request.url)
        path.write_bytes(answer([], 0))
        return Response(200, {}, request.url, path, 1)

    register = ask(fetch, f"{ADDRESS}?map=x&service=CSW&request=GetCapabilities")
    assert register.source.address == f"{ADDRESS}?map=x"
    assert seen[0].startswith(f"{ADDRESS}?map=x&service=CSW&version=2.0.2&request=GetRecords&")


@pytest.mark.parametrize("catalogue", ["ftp://server/csw", "file:///etc/passwd", "https://", "https://u:p@server/csw"])
def test_other_addresses_are_refused(catalogue: str) -> None:
    with pytest.raises(InputError, match="geen http- of https-adres"):
        ask(pages([], 1), catalogue)


def test_an_empty_keyword_is_refused() -> None:
    with pytest.raises(InputError, match="trefwoord"):
        ask(pages(RECORDS, 10), keyword="  ")


def test_a_saved_answer_has_its_own_moment(tmp_path: Path) -> None:
    path = tmp_path / "antwoord.xml"
    assert saved(path, answer(RECORDS, 23, timestamp="2023-03-02T09:12:22")).moment == "2023-03-02T09:12:22Z"
    assert saved(path, answer(RECORDS, 23, timestamp="2023-03-02T09:12:22+01:00")).moment == "2023-03-02T08:12:22Z"
    assert saved(path, answer(RECORDS, 23, timestamp="gisteren")).moment == "2026-11-20T08:00:00Z"


def test_a_saved_answer_that_is_not_whole_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"antwoord\.xml.*23 records aangekondigd, 10"):
        saved(tmp_path / "antwoord.xml", answer(RECORDS[:10], 23))


@pytest.mark.parametrize("name", ["is-er-niet.xml", ""])
def test_a_saved_answer_that_is_absent_or_a_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="kan niet gelezen worden"):
        ask(pages([], 1), str(tmp_path / name))
