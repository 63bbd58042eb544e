"""How users name a database: no password travels in the name, and none comes back in a message."""

from __future__ import annotations

import pytest

from novex_plugin.core.errors import InputError
from novex_plugin.qgis_adapter.database import database_named

pytest.importorskip("psycopg2")

AT = "jan:geheim@server"
NAMED = [
    f"postgresql://{AT}/plannen",
    f"postgresql://{AT}/plannen?sslmode=require schema=pv22",
    f"dbname='postgres://{AT}/plannen' schema=pv22",
    AT,
    "host=server dbname=plannen password=geheim schema=pv22",
    "host=server dbname='plannen password=geheim' schema=pv22",
    "host='server;PWD = geheim' dbname=plannen schema=pv22",
]


@pytest.mark.parametrize("text", NAMED)
def test_a_password_is_refused_and_not_repeated(text: str) -> None:
    with pytest.raises(InputError, match="een wachtwoord") as refused:
        database_named(text)
    assert "geheim" not in str(refused.value)


@pytest.mark.parametrize("text", ["host=a\0b schema=pv22", "service=a\x1b[31m schema=pv22"])
def test_a_control_character_is_refused(text: str) -> None:
    with pytest.raises(InputError, match="een teken kan hier niet staan"):
        database_named(text)


def test_an_ordinary_address_is_taken_as_it_is() -> None:
    found = database_named("host=server port=5433 dbname='plannen van jan' user=jan@org schema=pv22")

    assert dict(found.parameters) == {"host": "server", "port": "5433", "dbname": "plannen van jan", "user": "jan@org"}
    assert found.label == "database plannen van jan, schema pv22"
