"""XML and HTML come out escaped and always the same."""

from __future__ import annotations

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from novex_plugin.core.delivery.markup import element, html_fragment, xml_document


@given(st.text(), st.text())
def test_any_text_survives_as_well_formed_xml(value: str, attribute: str) -> None:
    root = fromstring(xml_document(element("a", element("b", value, c=attribute))))

    if value.isprintable() and value:
        assert root[0].text == value
    assert "c" in root[0].attrib


def test_html_is_escaped_in_text_and_attributes() -> None:
    written = html_fragment(element("td", '<script>alert("x")</script>', class_='a"b'), element("br"))

    assert written == ('<td class="a&quot;b">&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;</td><br>')


def test_names_with_a_prefix_and_a_hyphen_can_be_written() -> None:
    assert html_fragment(element("a", xlink__href="x", data_rule="y")) == '<a xlink:href="x" data-rule="y"></a>'
