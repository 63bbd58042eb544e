"""Styles and layer definitions of a delivery draw, and neither run nor fetch anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from novex_plugin.core.delivery.style_check import definition_problems, style_problems

ADDRESS = "https://kaart.example/ows"
SOURCE = "crs=EPSG:28992&amp;layers=geluid&amp;styles=&amp;url=https%3A%2F%2Fkaart.example%2Fows"
QLR = f"""<!DOCTYPE qgis-layer-definition>
<qlr><layer-tree-group name="" checked="Qt::Checked" expanded="1">
<layer-tree-layer id="a" name="Geluid" providerKey="wms" source="{SOURCE}" checked="Qt::Checked" expanded="0"/>
</layer-tree-group><maplayers><maplayer type="raster"><id>a</id><datasource>{SOURCE}</datasource>
<layername>Geluid</layername><provider>wms</provider></maplayer></maplayers></qlr>"""

STYLES = {
    "a Python action": ("<attributeactions><actionsetting type='1' action='import os'/></attributeactions>", "acties"),
    "form code": ("<editforminitcode>import os</editforminitcode>", "Python-code"),
    "a form from a file": ("<editform>/tmp/x.ui</editform>", "een formulier uit een bestand"),
    "a calculated field": ("<expressionfields><field expression='1'/></expressionfields>", "berekende velden"),
    "an expression that reads settings": ("<rule filter=\"env('HOME') = 'x'\"/>", "verder reikt.*env"),
    "an expression in an expression": ("<Option value=\"eval( naam )\"/>", "verder reikt.*eval"),
    "a picture on the web": ("<Option name='name' value='https://spion.example/a.svg'/>", "buiten de levering: https"),
    "a picture on a share": ("<Option name='name' value='\\\\server\\deel\\a.svg'/>", "buiten de levering"),
    "a picture in a folder": ("<Option name='name' value='../../a.svg'/>", "buiten de levering"),
    "a picture on this computer": ("<Option name='name' value='/home/iemand/a.svg'/>", "buiten de levering"),
    "a picture of an SLD": (
        "<g xmlns:x='http://www.w3.org/1999/xlink'><OnlineResource x:href='http://spion.example/a.png'/></g>",
        "buiten de levering: http",
    ),
}  # fmt: skip

GRID_OF_PROJ = 'GEOGCRS["x",EXTENSION["PROJ4","+proj=longlat +nadgrids=@/etc/rooster"]]'
DEFINITIONS = {
    "a file of the receiver": (("<datasource>" + SOURCE, "<datasource>/etc/passwd"), "andere dienst.*geen"),
    "another service": (("kaart.example", "spion.example"), "andere dienst.*spion"),
    "two addresses": (("%2Fows</", "%2Fows&amp;url=http%3A%2F%2Fspion.example</"), "andere dienst"),
    "another provider": (("<provider>wms", "<provider>ogr"), "bron ogr"),
    "an action": (("<provider>", "<attributeactions/><provider>"), "bevat attributeactions"),
    "a style": (("<provider>", "<renderer-v2/><provider>"), "bevat renderer-v2"),
    "coordinates by a file": (
        ("<provider>", f"<srs><spatialrefsys><wkt>{GRID_OF_PROJ}</wkt></spatialrefsys></srs><provider>"),
        "naar bestanden",
    ),
    "another attribute": (('type="raster"', 'type="raster" legendPlaceholderImage="x"'), "legendPlaceholderImage"),
}


def written(path: Path, content: str) -> Path:
    path.write_text(content)
    return path


def test_a_style_that_only_draws_is_harmless(tmp_path: Path) -> None:
    drawn = (
        "<qgis><attributeactions/><editforminitcode/><Option name='name' value='circle'/><l>ha/jaar (env.)</l></qgis>"
    )

    assert style_problems(written(tmp_path / "a.qml", drawn)) == []


@pytest.mark.parametrize(("part", "said"), STYLES.values(), ids=STYLES)
def test_what_runs_or_fetches_in_a_style_is_named(tmp_path: Path, part: str, said: str) -> None:
    problems = style_problems(written(tmp_path / "a.qml", f"<qgis>{part}</qgis>"))

    assert any(re.search(said, each) for each in problems), problems


def test_a_layer_definition_of_the_service_itself_is_harmless(tmp_path: Path) -> None:
    assert definition_problems(written(tmp_path / "a.qlr", QLR), ADDRESS) == []


@pytest.mark.parametrize(("change", "said"), DEFINITIONS.values(), ids=DEFINITIONS)
def test_a_layer_definition_that_asks_for_more_is_named(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    problems = definition_problems(written(tmp_path / "a.qlr", QLR.replace(*change)), ADDRESS)

    assert any(re.search(said, each) for each in problems), problems
