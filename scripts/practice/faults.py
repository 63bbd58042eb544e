"""What is wrong with the practice plan on purpose, for each kind of rule, and what an import must refuse."""

from __future__ import annotations

FAULTS = {
    ("W-91", "wbs-10-uiterwaarden"): "woningen in de uiterwaard",
    ("W-92", "wbs-22a"): "woningen in een zoekgebied voor waterberging",
    ("W-93", "wbs-13b-geen-bebouwing-diepe-polder"): "woningen in de waterberging van de diepe polder",
    ("W-94", "wbs-21d"): "woningen in een grondwaterbeschermingsgebied",
    ("W-03", "gios-smp"): "nee op de vraag naar een soortenmanagementplan",
    ("W-42", "res-warmtebronnen.bereik"): "stationsbuurt buiten bereik van een warmtebron",
    ("B-91", "wbs-11-reserveringszone"): "bedrijventerrein in de reserveringszone van een dijk",
    ("B-01", "ani-functiecombinatie"): "bedrijventerrein zonder andere functie op dezelfde grond",
    ("L-91", "wbs-18-landbouwgrond"): "logistiek op waardevolle landbouwgrond",
    ("L-91", "wl-clusterlogistiek.multimodaal"): "logistiek ver van een knoop van weg, spoor en water",
    ("Z-91", "wbs-18-landbouwgrond"): "zonneveld op waardevolle landbouwgrond",
    ("Z-91", "res-zoekgebied"): "zonneveld buiten de zoekgebieden van de energiestrategie",
    ("Z-91", "res-zonladder"): "laatste trede van de zonneladder zonder reden",
    ("P-91", "wbs-33-onttrekking-n2000"): "grondwaterwinning bij Natura 2000",
    ("G-91", "wbs-25-grondwater-veen"): "glastuinbouw op veen, dat er niet mee samengaat",
    ("G-91", "wbs-25-grondwater-veen.peil"): "glastuinbouw op veen waar het grondwater te diep staat",
    (None, "won-betaalbaar"): "te weinig betaalbare woningen in het hele plan",
    (None, "wbs-16-24-afdekking"): "te veel verharde bodem in het hele plan",
    (None, "wbs-26-gebiedsvreemd-water"): "te weinig ruimte voor water in het veen",
    (None, "wbs-27-grasland"): "te veel blijvend grasland op veen verloren",
}
"""What is wrong on purpose: the feature by its number in the plan (None: the plan as a whole) and the rule that must
find it, with what is wrong. Every kind of the national rules that speak here has one."""

OWN_FAULTS = {("L-91", "oef-logistiek-omvang"): "grote logistiek buiten de aangewezen locaties"}
"""What the province's own rules must find."""

REJECTED = {"X-91": "onbekende code", "X-92": "windturbine als vlak getekend"}
"""Rows that an import must refuse, by their number in the plan."""
