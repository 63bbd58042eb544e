"""The dock Tekenen: palette, form of the selected feature, variants."""
