"""Between QGIS and the core: the network, layers, styles and maps."""
