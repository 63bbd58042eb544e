"""What `newproposal` and `todatabase` share: lay a proposal in a database and tell what came of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from novex_plugin.core.progress import Progress

if TYPE_CHECKING:
    from novex_plugin.core.agreement import Agreement
    from novex_plugin.core.proposal.database import Database


def lay_in_database(proposal: Path, database: Database, progress: Progress, agreement: Agreement | None = None) -> int:
    """Lay a proposal and its styles in a database; gives the number of rows.

    Raises InputError as `to_database` does. What an administrator still has to do is told as a warning.
    """
    from novex_plugin.core.proposal.database_fill import to_database
    from novex_plugin.core.proposal.read import read_proposal
    from novex_plugin.qgis_adapter.database_styles import lay_styles
    from novex_plugin.qgis_adapter.forms import Start

    source = read_proposal(proposal, agreement)
    used = source.agreement
    stored = to_database(proposal, database, progress, used)
    progress.info(f"{stored.rows} rijen in {database.label}.")
    if stored.left_out:
        progress.warning(f"Niet meegenomen, want niet in het schema: {'; '.join(stored.left_out)}.")
    if stored.for_administrator:
        asked = "\n".join(stored.for_administrator)
        progress.warning(f"U mag geen rollen maken. Vraag de beheerder dit uit te voeren:\n{asked}")
    (variant,) = source.variants if len(source.variants) == 1 else (None,)
    if wrong := lay_styles(database, used, Start(source.province, variant)):
        progress.warning(
            f"De opmaak van de lagen is niet in de database gezet ({wrong}): QGIS ziet zonder haar geen conflicten. "
            "Vraag de beheerder om schrijfrecht op het schema public, en sla daarna de opmaak op als standaard."
        )
    return stored.rows
