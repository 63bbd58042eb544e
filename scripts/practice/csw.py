"""A real catalogue (pycsw) on loopback, filled with metadata records.

It runs in an environment of its own (`.venv-services`), so this module is also the program that is started there:
`python csw.py SETTINGS` serves the settings' catalogue and prints its port.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
ENVIRONMENT = CHECKOUT / ".venv-services"
_PYTHON = ENVIRONMENT / "bin" / "python"
_ADMIN = ENVIRONMENT / "bin" / "pycsw-admin.py"

_SETTINGS = """\
[server]
home={folder}
url=http://127.0.0.1/csw
mimetype=application/xml; charset=UTF-8
encoding=UTF-8
language=nl-NL
maxrecords={page}
profiles=apiso

[manager]
transactions=false
allowed_ips=127.0.0.1

[metadata:main]
identification_title=Oefencatalogus
identification_abstract=Catalogus om mee te oefenen
identification_keywords=oefenen
identification_keywords_type=theme
identification_fees=geen
identification_accessconstraints=geen
provider_name=Oefencatalogus
provider_url=http://127.0.0.1/
contact_name=Beheer
contact_position=Beheer
contact_address=-
contact_city=-
contact_stateorprovince=-
contact_postalcode=-
contact_country=NL
contact_phone=-
contact_fax=-
contact_email=-
contact_url=http://127.0.0.1/
contact_hours=-
contact_instructions=-
contact_role=pointOfContact

[metadata:inspire]
enabled=false

[repository]
database=sqlite:///{folder}/catalogue.db
table=records
"""


def installed() -> bool:
    """Whether the environment of the practice servers is there."""
    return _ADMIN.exists()


@contextmanager
def serve_catalogue(records: Iterable[Path], folder: Path, page: int = 10) -> Iterator[str]:
    """Load metadata records (ISO 19139 files) into a new catalogue in `folder` and give its CSW address.

    The catalogue gives at most `page` records in one answer, as real ones cap theirs.
    """
    loaded = folder / "records"
    loaded.mkdir(parents=True, exist_ok=True)
    for record in records:
        shutil.copyfile(record, loaded / record.name)
    settings = folder / "catalogue.cfg"
    settings.write_text(_SETTINGS.format(folder=folder.resolve(), page=page), encoding="utf-8")
    _administer("setup_db", settings)
    _administer("load_records", settings, "-p", str(loaded))
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen([_PYTHON, __file__, settings], stdout=subprocess.PIPE, stderr=log, text=True)
    try:
        printed = server.stdout.readline().strip() if server.stdout else ""
        if not printed:
            raise RuntimeError(f"the catalogue did not start: {(folder / 'server.log').read_text()[-2000:]}")
        yield f"http://127.0.0.1:{printed}/csw"
    finally:
        server.terminate()
        server.communicate()


def _administer(command: str, settings: Path, *more: str) -> None:
    done = subprocess.run(
        [_PYTHON, _ADMIN, "-c", command, "-f", settings, *more], capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise RuntimeError(f"pycsw {command} failed: {done.stderr[-2000:]}")


def _serve(settings: str) -> None:
    import os
    from wsgiref.simple_server import make_server

    from pycsw.wsgi import application

    os.environ["PYCSW_CONFIG"] = settings
    with make_server("127.0.0.1", 0, application) as server:
        sys.stdout.write(f"{server.server_port}\n")
        sys.stdout.flush()
        sys.stdout = sys.stderr  # pycsw prints every request; the port is all that the caller reads
        server.serve_forever()


if __name__ == "__main__":
    _serve(sys.argv[1])
