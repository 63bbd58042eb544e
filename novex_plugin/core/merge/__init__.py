"""Deliveries of several provinces laid together: one map, one balance, and what does not fit at the borders."""
