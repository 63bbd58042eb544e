"""Pull datasets of the register into a snapshot, each proved complete or not kept."""
