"""The HTML of our papers read quickly: it is ours, so it is well-formed and made of few elements."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from cssselect2 import ElementWrapper  # type: ignore[import-untyped] # the library carries no types
from weasyprint import CSS, HTML

ELEMENTS = Path(__file__).parent / "print" / "elements.css"
DOCTYPE = "<!doctype html>"
VOID = re.compile(r"<(br|col|meta)\b([^>]*)>")
DRAWING = re.compile(r"<svg (?![^>]*xmlns=)")


class Hypertext(HTML):  # type: ignore[misc] # the library carries no types
    """A page of HTML whose tree the C parser builds in a twentieth of the time; anything odd is read as browsers read it."""

    def __init__(self, string: str, url_fetcher: object) -> None:
        try:
            tree = ET.fromstring(closed(string))  # noqa: S314 (our templates, every text in them escaped)
        except ET.ParseError:  # a control character in somebody's text, say
            super().__init__(string=string, base_url=None, url_fetcher=url_fetcher)
            return
        self.base_url, self.url_fetcher, self.media_type = None, url_fetcher, "print"
        self.wrapper_element = ElementWrapper.from_html_root(tree, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, *_: object) -> list[Any]:
        return [elements()]


def closed(html: str) -> str:
    """The page as XML: no document type, every element closed, drawings in their name space."""
    html = VOID.sub(r"<\1\2/>", html.replace(DOCTYPE, "", 1))
    return DRAWING.sub('<svg xmlns="http://www.w3.org/2000/svg" ', html)


@cache
def elements() -> CSS:
    """What the elements mean, parsed once per process."""
    return CSS(string=ELEMENTS.read_text("utf-8"))
