from __future__ import annotations

import pytest
from weasyprint import HTML

from reports import layout
from reports.dossier import dossier
from reports.hypertext import Hypertext
from tests.reports.samples import BARE, BY_INVOICES, DOSSIER, full
from tests.reports.test_dossier import COPY

PAPERS = [(DOSSIER, COPY, "zh"), (full(), COPY, "en"), (BARE, None, "zh"), (BY_INVOICES, None, "zh")]


def as_browsers_do(html, assets):
    return HTML(string=html, base_url=None, url_fetcher=assets)


def laid_out(html):
    """Here in this process: what is compared is the reading, not the press."""
    return layout.render(html, identifier="one")


@pytest.mark.parametrize(("snapshot", "copy", "lang"), PAPERS, ids=["ordinary", "full", "bare", "invoices"])
def test_the_quick_reading_gives_the_same_bytes_as_the_library_s_own(monkeypatch, snapshot, copy, lang):
    html = dossier(snapshot, copy, lang).html
    quick = laid_out(html)
    monkeypatch.setattr(layout, "Hypertext", as_browsers_do)
    assert quick == laid_out(html)


def test_text_that_xml_forbids_is_read_as_browsers_read_it():
    page = Hypertext("<!doctype html><html><body><p>有\x0b控制符<p>没有收尾</body></html>", None)
    assert len(page.etree_element.findall(".//p")) == 2


def test_a_drawing_without_its_name_space_is_still_a_drawing():
    page = Hypertext('<!doctype html><html><body><svg viewBox="0 0 1 1"><path d="M0,0h1"/></svg></body></html>', None)
    assert [element.tag for element in page.etree_element.iter()][2:] == [
        "{http://www.w3.org/2000/svg}svg",
        "{http://www.w3.org/2000/svg}path",
    ]
