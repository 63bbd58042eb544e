"""A practice province and the real servers that serve it on loopback: for the demo and for the tests."""
