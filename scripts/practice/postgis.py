"""A real PostgreSQL with PostGIS, started for the occasion: a cluster of its own that listens on a socket file only."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_OWNER = "postgres"
"""The system account that runs the server when we are root, as which it refuses to run."""


@dataclass(frozen=True)
class PostGis:
    """A running server; `socket` is the folder of its socket file."""

    socket: Path
    database: str
    user: str

    def ask(self, sql: str, copied: str | None = None) -> list[list[str]]:
        """Run SQL and give the rows of its answer; `copied` is what `COPY … FROM STDIN` reads.

        Raises RuntimeError with what the server said.
        """
        command = ["psql", "-X", "-q", "--csv", "-t", "-v", "ON_ERROR_STOP=1", "-h", str(self.socket), "-U", self.user]
        done = subprocess.run(
            [*command, "-d", self.database, "-c", sql], input=copied, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr.strip())
        return list(csv.reader(io.StringIO(done.stdout)))

    def load(self, table: str, columns: str, rows: Sequence[Sequence[object]]) -> None:
        """Make a table and fill it; `columns` as in `CREATE TABLE`, geometry values as hexadecimal WKB."""
        self.ask(f"CREATE TABLE {table} ({columns})")
        text = "".join("\t".join("\\N" if value is None else str(value) for value in row) + "\n" for row in rows)
        self.ask(f"COPY {table} FROM STDIN", text)


def programs() -> Path | None:
    """The folder of the newest server programs, None when there are none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[-1].parent if found else None


def installed() -> bool:
    """Whether a server with PostGIS can be started here."""
    folder = programs()
    return (
        folder is not None
        and (Path("/usr/share/postgresql") / folder.parts[-2] / "extension").joinpath("postgis.control").exists()
    )


@contextmanager
def serve_postgis(database: str = "oefenland") -> Iterator[PostGis]:
    """Start a server on an empty database with PostGIS; nothing is left of it afterwards."""
    folder = programs()
    if folder is None:
        raise RuntimeError("PostgreSQL is not installed")
    home = Path(tempfile.mkdtemp(prefix="novex-pg-"))  # a short path: that of a socket may have 107 characters
    owner = _OWNER if os.geteuid() == 0 else None
    if owner:
        shutil.chown(home, owner)
    data, log = home / "data", home / "log"

    def run(*command: str) -> None:
        done = subprocess.run(command, user=owner, capture_output=True, text=True, check=False, cwd=home)
        if done.returncode:
            raise RuntimeError(f"{command[0]}: {done.stderr.strip()} {log.read_text() if log.exists() else ''}")

    try:
        run(str(folder / "initdb"), "-D", str(data), "-U", "novex", "-A", "trust", "-E", "UTF8", "--no-sync")
        options = f"-c listen_addresses='' -c unix_socket_directories='{home}' -c fsync=off -c jit=off"
        run(str(folder / "pg_ctl"), "-D", str(data), "-l", str(log), "-w", "-o", options, "start")
        try:
            server = PostGis(home, database, "novex")
            PostGis(home, "postgres", "novex").ask(f"CREATE DATABASE {database}")
            server.ask("CREATE EXTENSION postgis")
            yield server
        finally:
            run(str(folder / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)
