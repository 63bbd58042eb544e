"""The real QGIS desktop on a virtual screen, with this checkout's plugin in a profile of its own."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[2]
PICTURES = CHECKOUT / "build" / "gui"

_FRAME = """
import os, sys, traceback
from qgis.PyQt.QtCore import QTimer
from qgis.PyQt.QtWidgets import QApplication
from qgis.core import QgsApplication
from qgis.utils import iface, plugins

messages = []
QgsApplication.messageLog().messageReceived.connect(lambda text, tag, level: messages.append((tag, text)))
sys.excepthook = lambda *error: (traceback.print_exception(*error), os._exit(3))

def picture(name):
    QApplication.processEvents()
    QgsApplication.primaryScreen().grabWindow(0).save(os.path.join({pictures!r}, name + ".png"))

def steps():
{steps}

def walk():
    try:
        steps()
    except BaseException:
        traceback.print_exc()
        os._exit(2)
    sys.stdout.flush()
    os._exit(0)

QTimer.singleShot(1500, walk)
"""


@pytest.fixture(scope="session")
def screen() -> Iterator[str]:
    """A virtual screen of 1366 by 768, the smallest that the plugin must fit."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp"],
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


@pytest.fixture
def desktop(screen: str, tmp_path: Path) -> Callable[[str], str]:
    """Run Python steps in the real desktop and give what they printed; an exception in them fails the test.

    The steps may use `iface`, `plugins`, `messages` (all log messages since the start) and `picture(name)`.
    """

    def run(steps: str) -> str:
        PICTURES.mkdir(parents=True, exist_ok=True)
        profile = tmp_path / "profiles" / "default"
        (profile / "QGIS").mkdir(parents=True)
        (profile / "QGIS" / "QGIS3.ini").write_text(
            "[PythonPlugins]\nnovex_plugin=true\nprocessing=true\n[qgis]\ncheckVersion=false\n"
            "[locale]\noverrideFlag=true\nuserLocale=nl\n",
            encoding="utf-8",
        )
        (profile / "python" / "plugins").mkdir(parents=True)
        (profile / "python" / "plugins" / "novex_plugin").symlink_to(CHECKOUT / "novex_plugin")
        script = tmp_path / "steps.py"
        indented = "".join(f"    {line}\n" for line in steps.strip().splitlines())
        script.write_text(_FRAME.format(pictures=str(PICTURES), steps=indented), encoding="utf-8")
        (tmp_path / "runtime").mkdir(mode=0o700)
        site = next((CHECKOUT / ".venv" / "lib").glob("python3*")) / "site-packages"
        environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        environment |= {
            "DISPLAY": screen,
            "PYTHONPATH": str(site),
            "XDG_RUNTIME_DIR": str(tmp_path / "runtime"),
            "LC_ALL": "C.UTF-8",
        }
        ended = subprocess.run(
            ["qgis", "--profiles-path", tmp_path, "--profile", "default", "--nologo", "--code", script],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert ended.returncode == 0, ended.stdout + ended.stderr
        return ended.stdout

    return run
