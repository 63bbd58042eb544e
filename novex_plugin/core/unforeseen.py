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

STRANGE_CONTENT = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    sqlite3.Error,
    shapely.errors.ShapelyError,
)
"""What only the content of a delivery brings about, not the computer that reads it; UnicodeDecodeError, which SQLite's
own messages cause, is among it."""
