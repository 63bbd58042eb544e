"""Find the basisset: ask a catalogue, read its records, and make the register."""

NATIONAAL_GEOREGISTER = "https://nationaalgeoregister.nl/geonetwork/srv/dut/csw"
KEYWORD = "basisset NOVEX"
"""Where the basisset is found, and by which word."""
