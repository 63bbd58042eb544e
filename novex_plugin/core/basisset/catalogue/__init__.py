"""Find the basisset: ask a catalogue, read its records, and make the register."""
