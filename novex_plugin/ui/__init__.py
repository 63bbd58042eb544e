"""The desktop: toolbar, docks and dialogs. Thin: widgets in, core out."""
