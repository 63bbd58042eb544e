"""The manual in docs/ is what the algorithms say of themselves."""

from __future__ import annotations

import subprocess
import sys

from scripts.manual import CHECKOUT, MANUAL


def test_the_manual_is_up_to_date() -> None:
    program = "from scripts.manual import in_dutch; import sys; sys.stdout.buffer.write(in_dutch().encode())"
    made = subprocess.run([sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, check=True)
    assert made.stdout.decode() == MANUAL.read_text(encoding="utf-8"), "run python -m scripts.manual"
