"""The proposal: its schema, import and contributions."""
