"""Proof that a layer is complete: by the server's own count, or by the end of its pages without a repeat."""

from __future__ import annotations

from novex_plugin.core.basisset.pull.failure import PullFailure
from novex_plugin.core.basisset.pull.staging import LayerState


def prove(state: LayerState) -> None:
    """Raise PullFailure unless the layer is proved complete.

    Every identifier counts once. Where the server gives a number, the distinct identifiers must be as many; where it
    gives none, the chain of pages must have been followed to its end. (Where that proves nothing, as with a capped
    answer without pages, the sources refuse it themselves.)
    """
    if not state.finished:
        raise PullFailure(f"{state.name}: het einde van de gegevens is niet bereikt.", keep=True)
    if state.distinct != state.received:
        raise PullFailure(
            f"{state.name}: van {state.received} ontvangen objecten zijn er {state.distinct} verschillend."
        )
    if state.matched is not None and state.matched != state.distinct:
        raise PullFailure(
            f"{state.name}: de server noemt {state.matched} objecten, maar gaf er {state.distinct}."
            " De gegevens zijn dus niet compleet."
        )


def said(state: LayerState) -> str:
    """In one line, on what the completeness rests."""
    ground = (
        f"{state.distinct} verschillende objecten, zoveel als de server noemt"
        if state.matched is not None
        else f"{state.distinct} verschillende objecten, tot het einde van de pagina's"
    )
    return (
        f"{state.name}: {ground}; {state.stored} bewaard, {state.outside} buiten het gebied, {state.empty} zonder vorm"
    )
