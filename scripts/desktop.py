"""The real QGIS desktop on a virtual screen, with this checkout's plugin in a profile of its own.

For tests, benchmarks and pictures: `python -m scripts.desktop STEPS.py PICTURES [--dark] [--size 1366x768]` runs a file
with steps and keeps its pictures in a folder.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[1]
SMALLEST = "1366x768"
"""The smallest screen that the plugin must fit."""

OWN_PLUGINS = ("processing", "db_manager", "MetaSearch", "grassprovider")
"""Plugins that come with QGIS: it starts them where the profile does not say otherwise."""

_FRAME = '''
import os, sys, traceback
from pathlib import Path
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QApplication
from qgis.core import QgsApplication
import qgis.utils
from qgis.utils import iface, plugins

messages = []
QgsApplication.messageLog().messageReceived.connect(lambda text, tag, level: messages.append((tag, text)))
sys.excepthook = lambda *error: (traceback.print_exception(*error), sys.stderr.flush(), os._exit(3))

def shown(*error, **_):
    """An error that QGIS would show in a dialog ends the run."""
    traceback.print_exception(*error[:3])
    sys.stderr.flush()
    os._exit(4)

qgis.utils.showException = shown

def picture(name):
    """Keep what is on the screen."""
    QTest.qWait(50)
    QgsApplication.primaryScreen().grabWindow(0).save(os.path.join({pictures!r}, name + ".png"))

def wait_for(happens, what, seconds=60):
    """Let QGIS run until something is so; an error when that takes too long."""
    for _ in range(seconds * 20):
        if happens():
            return
        QTest.qWait(50)
    raise AssertionError("waited in vain for " + what)

def walk():
    try:
        iface.mainWindow().showNormal()
        iface.mainWindow().setGeometry(0, 0, {width}, {height})
        QTest.qWait(300)
        exec(compile(Path({steps!r}).read_text(encoding="utf-8"), {steps!r}, "exec"), globals())
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
        picture("mislukt")
        os._exit(2)
    sys.stdout.flush()
    if not globals().get("closing"):  # else QGIS ends by itself, as when a user closes it
        os._exit(0)

QTimer.singleShot(1500, walk)
'''


@dataclass(frozen=True)
class Ended:
    """How the desktop ended: 0 when all steps went well, and what was printed."""

    exit_code: int
    printed: str


@contextmanager
def virtual_screen(size: str = SMALLEST) -> Iterator[str]:
    """A screen of this size at 96 dots per inch; gives its name."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", f"{size}x24", "-dpi", "96", "-nolisten", "tcp"],
        pass_fds=(write,),
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as announced:
            yield f":{announced.readline().strip()}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def run_desktop(
    screen: str,
    folder: Path,
    steps: str,
    pictures: Path,
    plugins: Sequence[str] = ("novex_plugin", "processing"),
    size: str = SMALLEST,
    theme: str = "default",
    language: str = "nl",
    seconds: int = 180,
) -> Ended:
    """Run Python steps in the desktop, with a new profile in `folder`; an exception in them ends it.

    The steps may use `iface`, `plugins`, `messages` (all log messages since the start), `picture(name)`,
    `wait_for(happens, what)` and QTest.
    """
    pictures.mkdir(parents=True, exist_ok=True)
    _make_profile(folder, plugins, theme, language)
    (folder / "steps.py").write_text(steps, encoding="utf-8")
    width, height = size.split("x")
    named = {"pictures": str(pictures), "steps": str(folder / "steps.py"), "width": width, "height": height}
    (folder / "frame.py").write_text(_FRAME.format(**named), encoding="utf-8")
    (folder / "runtime").mkdir(mode=0o700)
    (folder / "home").mkdir()
    site = next((CHECKOUT / ".venv" / "lib").glob("python3*")) / "site-packages"
    environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
    environment |= {
        "DISPLAY": screen,
        "PYTHONPATH": os.pathsep.join((str(site), str(CHECKOUT))),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "HOME": str(folder / "home"),
        "LC_ALL": "C.UTF-8",
    }
    ended = subprocess.run(
        ["qgis", "--profiles-path", folder, "--profile", "default", "--nologo", "--code", folder / "frame.py"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
    return Ended(ended.returncode, ended.stdout + ended.stderr)


def _make_profile(folder: Path, plugins: Sequence[str], theme: str, language: str) -> None:
    profile = folder / "profiles" / "default"
    (profile / "QGIS").mkdir(parents=True)
    enabled = "".join(f"{name}={str(name in plugins).lower()}\n" for name in (*OWN_PLUGINS, *plugins))
    (profile / "QGIS" / "QGIS3.ini").write_text(
        f"[PythonPlugins]\n{enabled}[qgis]\ncheckVersion=false\n[UI]\nUITheme={theme}\n"
        f"[locale]\noverrideFlag=true\nuserLocale={language}\n[novex]\nwelcomed=true\n",
        encoding="utf-8",
    )
    (profile / "python" / "plugins").mkdir(parents=True)
    (profile / "python" / "plugins" / "novex_plugin").symlink_to(CHECKOUT / "novex_plugin")


def main() -> int:
    """Run a file with steps and say how it ended."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("steps", type=Path)
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--size", default=SMALLEST)
    asked = parser.parse_args()
    theme = "Night Mapping" if asked.dark else "default"
    with virtual_screen(asked.size) as screen, tempfile.TemporaryDirectory(prefix="novex-") as folder:
        steps = asked.steps.read_text(encoding="utf-8")
        ended = run_desktop(screen, Path(folder), steps, asked.pictures.resolve(), size=asked.size, theme=theme)
    print(ended.printed)
    return ended.exit_code


if __name__ == "__main__":
    sys.exit(main())
