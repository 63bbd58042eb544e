"""Rules evaluated on what is drawn, and the balance."""
