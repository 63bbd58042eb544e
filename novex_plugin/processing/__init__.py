"""Processing algorithms: parameters in, core out."""
