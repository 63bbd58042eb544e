"""The catalogue as a manual: examples made from every rule, and pages written from the data."""
