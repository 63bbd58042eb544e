"""The assertions of the Dutch metadata profile on ISO 19115 for datasets, version 2.1.0, put to a record."""

from novex_plugin.core.delivery.profile.check import ASSERTIONS, SECTIONS, Broken, broken_assertions
from novex_plugin.core.delivery.profile.section import Assertion, Section

__all__ = ["ASSERTIONS", "SECTIONS", "Assertion", "Broken", "Section", "broken_assertions"]
