"""How the balance is put into words: figures, outcomes, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor

from novex_plugin.core.check.balance import Line
from novex_plugin.core.check.claims import Claim
from novex_plugin.core.check.ledger import Total
from novex_plugin.core.check.outcome import BINNEN, GEHAALD, NIET_TOETSBAAR, OVERSCHOT, TEKORT
from novex_plugin.core.dutch import number, quantity
from novex_plugin.ui.balance.arranging import CLAIMS, LOOSE, NOTES, PLACE, UNTESTABLE, ZERO, Group, Row, reached


@dataclass(frozen=True)
class TargetLook:
    """The sign and the colour of an outcome of a target; the colour reads on light and on dark."""

    sign: str
    colour: QColor


TARGET_LOOKS = {
    GEHAALD: TargetLook("✓", QColor("#3f9c4b")),
    BINNEN: TargetLook("✓", QColor("#3f9c4b")),
    TEKORT: TargetLook("▼", QColor("#cf7a28")),
    OVERSCHOT: TargetLook("▲", QColor("#8d6bc4")),
    NIET_TOETSBAAR: TargetLook("?", QColor("#8a8a8a")),
}


class BalanceWords:
    """All that the balance says, in the user's language; figures in Dutch notation."""

    def tr(self, text: str) -> str:
        """As QObject does."""
        return QCoreApplication.translate(type(self).__name__, text)

    def asked(self, line: Line) -> str:
        """`100.000`, `circa 5.000`, `0,4–0,8`, `at most 50`: without the unit."""
        least, most = number(line.minimum, line.unit), number(line.maximum, line.unit)
        if line.comparator == "tussen":
            return f"{least}–{most}"
        figure = most if line.minimum is None else least
        words = {
            "circa": self.tr("about {figure}"),
            "ten-hoogste": self.tr("at most {figure}"),
            "minder-dan": self.tr("less than {figure}"),
            "meer-dan": self.tr("more than {figure}"),
        }
        return words.get(line.comparator, "{figure}").format(figure=figure)

    def figures(self, line: Line) -> str:
        """`18.240 / 26.550 woningen`."""
        return f"{number(line.drawn, line.unit)} / {self.asked(line)} {_unit(line.unit)}".rstrip()

    def outcome(self, outcome: str) -> str:
        """One word for an outcome."""
        return {
            GEHAALD: self.tr("reached"),
            BINNEN: self.tr("within bandwidth"),
            TEKORT: self.tr("shortage"),
            OVERSCHOT: self.tr("surplus"),
        }.get(outcome, self.tr("cannot be tested"))

    def verdict(self, line: Line) -> str:
        """`shortage 8.310`."""
        word = self.outcome(line.outcome)
        if line.outcome == TEKORT and line.remaining:
            return f"{word} {number(line.remaining, line.unit)}"
        if line.outcome == OVERSCHOT and line.surplus:
            return f"{word} {number(line.surplus, line.unit)}"
        if line.outcome == GEHAALD and line.surplus:
            return f"{word} +{number(line.surplus, line.unit)}"
        return word

    def in_words(self, line: Line) -> str:
        """What is drawn and what is left, as a sentence."""
        if line.outcome == NIET_TOETSBAAR:
            return self.tr("Cannot be tested.")
        drawn = quantity(line.drawn, line.unit)
        asked = f"{self.asked(line)} {_unit(line.unit)}".rstrip()
        if line.outcome == TEKORT and line.remaining:
            left = quantity(line.remaining, line.unit)
            return self.tr("{drawn} drawn of {asked}: {left} to go.").format(drawn=drawn, asked=asked, left=left)
        if line.surplus and line.outcome in (OVERSCHOT, GEHAALD):
            more = quantity(line.surplus, line.unit)
            return self.tr("{drawn} drawn of {asked}: {more} more than asked.").format(
                drawn=drawn, asked=asked, more=more
            )
        word = self.outcome(line.outcome)
        return self.tr("{drawn} drawn of {asked}: {word}.").format(drawn=drawn, asked=asked, word=word)

    def years(self, line: Line) -> str:
        """The years in which a target counts."""
        if line.year is None and line.from_year is None:
            return self.tr("no year named")
        if line.year is None:
            return self.tr("from {first}").format(first=line.from_year)
        if line.from_year is None:
            return self.tr("until and including {last}").format(last=line.year)
        return self.tr("{first} until and including {last}").format(first=line.from_year, last=line.year)

    def missing(self, line: Line) -> str:
        """What has to come before a target can be tested."""
        if line.missing and "AREAS" in line.missing:  # that is how the algorithm calls its layer of places
            if "novex_gebied" in line.missing:
                return self.tr("the border of {place}, or features that name it as their NOVEX area").format(
                    place=line.place
                )
            return self.tr("the border of {place}").format(place=line.place)
        return line.missing or ""

    def title(self, group: Group) -> str:
        """The heading of a group."""
        count = len(group.rows)
        if group.kind == PLACE:
            return group.name
        one, several = {
            ZERO: (self.tr("1 target without contribution"), self.tr("{n} targets without contribution")),
            UNTESTABLE: (self.tr("1 target that cannot be tested"), self.tr("{n} targets that cannot be tested")),
            LOOSE: (self.tr("1 quantity drawn without target"), self.tr("{n} quantities drawn without target")),
            CLAIMS: (self.tr("1 contribution claimed twice"), self.tr("{n} contributions claimed twice")),
            NOTES: (self.tr("1 remark about this count"), self.tr("{n} remarks about this count")),
        }[group.kind]
        return one if count == 1 else several.format(n=count)

    def tail(self, group: Group) -> str:
        """What stands at the end of a heading."""
        if group.kind != PLACE:
            return ""
        done, told = reached((group,))
        return self.tr("{done} of {told} reached").format(done=done, told=told) if told else ""

    def label(self, row: Row, indicators: dict[str, str]) -> str:
        """What a row is about; `indicators` are the names of indicators by their ids."""
        source = row.source
        if isinstance(source, Line):
            return f"{source.label} · {row.place}" if row.place else source.label
        if isinstance(source, str):
            return source
        return indicators.get(source.indicator, source.indicator)

    def amount(self, row: Row) -> str:
        """The figure at the end of a row without a target."""
        source = row.source
        if isinstance(source, Total):
            return quantity(source.drawn, source.unit)
        if isinstance(source, Claim):
            return self.tr("{amount} not counted").format(amount=quantity(source.left_out, source.unit))
        return ""

    def spoken(self, row: Row, indicators: dict[str, str]) -> str:
        """A row in one line of text: for screen readers, searching and the clipboard."""
        label = self.label(row, indicators)
        if isinstance(row.source, Line):
            where = "" if row.place else f" · {row.source.place}"
            return f"{label}{where}: {self.figures(row.source)}, {self.verdict(row.source)}"
        amount = self.amount(row)
        return f"{label}: {amount}" if amount else label

    def tip(self, row: Row, indicators: dict[str, str]) -> str:
        """What is told on hover."""
        source = row.source
        if not isinstance(source, Line):
            return self.spoken(row, indicators)
        said = [f"{source.label} · {source.place}, {self.years(source)}", self.in_words(source)]
        if source.missing:
            said.append(self.tr("Missing: {what}.").format(what=self.missing(source)))
        said += [text for text in (source.reading, self.tr("Source: {source}").format(source=source.source)) if text]
        return "\n".join(said)


def _unit(unit: str) -> str:
    return "" if unit == "aantal" else unit
