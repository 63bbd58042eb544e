"""What NOVEX Puzzel knows and computes, without QGIS and without Qt."""
