"""A new proposal from nothing, from a layer or from a delivery, with the project around it."""
