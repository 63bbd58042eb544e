"""Hand over a proposal, and read what others handed over."""
