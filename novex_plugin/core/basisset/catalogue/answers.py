"""What a catalogue answers, read with distrust: streamed, bounded, without DOCTYPE or entities."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from defusedxml import DefusedXmlException
from defusedxml import ElementTree as Safe

from novex_plugin.core.basisset.elements import Element

RECORDS = frozenset({"{http://www.isotc211.org/2005/gmd}MD_Metadata", "{http://www.isotc211.org/2005/gmi}MI_Metadata"})
MAXIMUM_RECORD_ELEMENTS = 200_000
_CSW = "{http://www.opengis.net/cat/csw/2.0.2}"
_LONGEST_REPORT = 600


class BadAnswer(Exception):
    """An answer that is no result; the message (Dutch) says what it is instead."""


@dataclass
class Answer:
    """What stands around the records; filled while they are read. None where the answer does not say it."""

    matched: int | None = None
    timestamp: str | None = None
    other: int = 0
    """Results that are no ISO 19139 record."""


def read_answer(path: Path, answer: Answer) -> Iterator[Element]:
    """Give the ISO 19139 records of a GetRecords answer, one at a time, in memory only while they are looked at.

    Raises BadAnswer for a web page, an exception report, broken XML, a DOCTYPE, or something else than records.
    """
    _refuse_page(path)
    reader = _Reader(path, answer)
    try:
        for event, parsed in Safe.iterparse(path, events=("start", "end"), forbid_dtd=True):
            element = cast(Element, parsed)
            if event == "start":
                reader.opens(element)
            elif reader.closes(element):
                yield element
                reader.forget(element)
    except DefusedXmlException as error:
        raise BadAnswer("het antwoord heeft een DOCTYPE of entiteiten, die om veiligheid geweigerd worden") from error
    except (Safe.ParseError, ValueError, LookupError) as error:
        raise BadAnswer(f"het antwoord is geen volledige XML ({error})") from error


def _refuse_page(path: Path) -> None:
    with path.open("rb") as stream:
        start = stream.read(2048).lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        raise BadAnswer("het antwoord is leeg")
    if start.startswith((b"<!doctype html", b"<html")):
        raise BadAnswer("het antwoord is een webpagina (HTML) in plaats van XML")
    if not start.startswith((b"<", b"\xff\xfe", b"\xfe\xff")):
        raise BadAnswer("het antwoord is geen XML")


class _Reader:
    """Where the reading stands: the elements that are open, and how large the present record is."""

    def __init__(self, path: Path, answer: Answer) -> None:
        self._path = path
        self._answer = answer
        self._open: list[Element] = []
        self._record: Element | None = None
        self._size = 0

    def opens(self, element: Element) -> None:
        """Take note of an element; raises BadAnswer for a wrong root or a record without end."""
        if not self._open:
            self._check_root(element)
        elif element.tag == f"{_CSW}SearchResults":
            written = element.get("numberOfRecordsMatched", "")
            usable = written.isascii() and written.isdigit() and len(written) < 10
            self._answer.matched = int(written) if usable else None
        elif element.tag == f"{_CSW}SearchStatus":
            self._answer.timestamp = element.get("timestamp", "") or None
        if self._record is None and element.tag in RECORDS:
            self._record, self._size = element, 0
        self._size += 1
        if self._size > MAXIMUM_RECORD_ELEMENTS:
            raise BadAnswer("een record in het antwoord is onredelijk groot")
        self._open.append(element)

    def closes(self, element: Element) -> bool:
        """Whether this element is a whole record."""
        self._open.pop()
        if element is self._record:
            self._record = None
            return True
        if self._record is None:
            if self._open and self._open[-1].tag == f"{_CSW}SearchResults":
                self._answer.other += 1
            self.forget(element)
        return False

    def forget(self, element: Element) -> None:
        """Give back the memory of what has been read."""
        if self._open:
            self._open[-1].remove(element)

    def _check_root(self, root: Element) -> None:
        name = root.tag.rpartition("}")[2]
        if name in {"ExceptionReport", "ServiceExceptionReport"}:
            raise BadAnswer(f"de catalogus meldt een fout: {report_text(self._path)}")
        if root.tag not in RECORDS and root.tag != f"{_CSW}GetRecordsResponse":
            raise BadAnswer(f"het antwoord is <{name[:60]}> in plaats van een antwoord op GetRecords (CSW 2.0.2)")


def report_text(path: Path) -> str:
    """The text of an exception report, on one line."""
    words: list[str] = []
    try:
        for _, parsed in Safe.iterparse(path, events=("end",), forbid_dtd=True):
            element = cast(Element, parsed)
            code = element.get("exceptionCode")
            words.extend(part for part in (element.text or "", f"[{code}]" if code else "") if part.strip())
            if sum(map(len, words)) > _LONGEST_REPORT:
                break
    except (DefusedXmlException, Safe.ParseError, ValueError, LookupError):
        words.append("(onvolledig)")
    return " ".join(" ".join(words).split())[:_LONGEST_REPORT] or "zonder uitleg"
