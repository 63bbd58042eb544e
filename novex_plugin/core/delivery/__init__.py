"""Metadata, the package, its verification and the report."""
