"""Geometry and columns as arrays; GeoPackage in and out."""
