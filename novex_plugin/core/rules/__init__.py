"""The rule language, its kinds and targets."""
