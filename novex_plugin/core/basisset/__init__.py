"""The catalogue, the pull and the snapshot."""
