"""The plugin in the real desktop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[2] / "build" / "gui"


def test_the_desktop_loads_the_plugin_and_shows_an_algorithm(desktop: Callable[[str], str]) -> None:
    picture = PICTURES / "algoritme.png"
    picture.unlink(missing_ok=True)
    printed = desktop("""
import processing
assert "novex_plugin" in plugins, list(plugins)
provider = QgsApplication.processingRegistry().providerById("novex")
assert provider is not None
print("algorithms:", ",".join(sorted(algorithm.name() for algorithm in provider.algorithms())))
iface.mainWindow().resize(1366, 768)
dialog = processing.createAlgorithmDialog("novex:check", {})
dialog.show()
for _ in range(20):
    QApplication.processEvents()
picture("algoritme")
ours = [text for tag, text in messages if tag == "NOVEX Puzzel" or "novex_plugin" in text]
assert not ours, ours
""")
    assert "check" in printed
    assert picture.stat().st_size > 20_000
