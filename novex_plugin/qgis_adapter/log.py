"""Where the plugin writes in the log panel of QGIS, and what its messages in the bar are headed by."""

LOG_TAG = "NOVEX Puzzel"
