"""The agreed vocabulary: legend units, code lists, indicators."""
