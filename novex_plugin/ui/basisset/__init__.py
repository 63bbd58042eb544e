"""The Basisset dock: find, pull and show the datasets that everybody uses."""
