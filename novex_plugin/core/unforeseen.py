"""What input that nobody foresaw may bring about: it stops one dataset or one rule, and the others go on."""

from __future__ import annotations

import sqlite3

import shapely

UNFORESEEN = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    MemoryError,
    OSError,
    RuntimeError,
    TypeError,
    ValueError,
    sqlite3.Error,
    shapely.errors.ShapelyError,
)
"""`Cancelled` and `InputError` are not among them: those are foreseen."""
