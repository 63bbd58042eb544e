"""Docks, dialogs and settings."""
