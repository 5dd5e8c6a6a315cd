"""The archive copy of a dossier against what PDF/A-3 (ISO 19005-3) asks, read with another library; no outside validator is at hand."""

from __future__ import annotations

import json
import re
import subprocess
from xml.etree import ElementTree as ET

import pytest

from financing.matching.snapshot import Snapshot
from reports.dossier import dossier
from tests.reports.reading import reader
from tests.reports.samples import BARE, BY_INVOICES, DOSSIER, full

PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
#: What 6.1.13, 6.6.1 and 6.5.1 forbid anywhere in the file.
FORBIDDEN = {"/JavaScript", "/JS", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/EmbeddedGoTo", "/AA"}


@pytest.fixture(
    scope="module", params=[DOSSIER, BARE, BY_INVOICES, full()], ids=["ordinary", "bare", "invoices", "full"]
)
def archive(request, press):
    (paper,) = press.print([dossier(request.param)])
    return request.param, paper


def objects(pdf):
    """Every object of the file, whichever way it is reached."""
    found = reader(pdf)
    for number in range(1, found.trailer["/Size"]):
        try:
            yield found.get_object(number)
        except Exception as problem:  # a number that is not used
            if "not found" not in str(problem) and "free" not in str(problem):
                raise


def test_it_says_that_it_is_part_three_conformance_u(archive):
    root = reader(archive[1]).trailer["/Root"]
    packet = root["/Metadata"].get_object()
    assert (packet["/Type"], packet["/Subtype"]) == ("/Metadata", "/XML")
    text = packet.get_data().decode()
    described = list(ET.fromstring(re.search(r"<rdf:RDF.*</rdf:RDF>", text, re.DOTALL)[0]).iter())  # noqa: S314 (ours)
    said = {(each.tag, (each.text or "").strip()) for each in described}
    said |= {(name, value) for each in described for name, value in each.attrib.items()}
    assert (PDFA + "part", "3") in said and (PDFA + "conformance", "U") in said


def test_the_snapshot_is_inside_as_the_data_the_paper_is_made_from_and_can_be_read_back(archive):
    snapshot, paper = archive
    root = reader(paper).trailer["/Root"]
    (number,) = {each.idnum for each in list.__iter__(root["/AF"])}  # one file, however often it is listed
    told = reader(paper).get_object(number)
    assert (told["/Type"], told["/AFRelationship"], told["/UF"], told["/F"]) == (
        "/Filespec",
        "/Data",
        "snapshot.json",
        "snapshot.json",
    )
    held = told["/EF"]["/F"].get_object()
    assert (held["/Type"], held["/Subtype"]) == ("/EmbeddedFile", "/application/json")
    assert held.get_data() == snapshot.canonical()
    assert Snapshot.model_validate_json(held.get_data()).digest() == snapshot.digest()
    assert json.loads(held.get_data())["number"] == snapshot.number
    assert len(root["/Names"]["/EmbeddedFiles"]["/Names"]) == 2  # one name, one file


def test_colours_are_meant_by_a_profile_that_is_inside(archive):
    root = reader(archive[1]).trailer["/Root"]
    (intent,) = [each.get_object() for each in root["/OutputIntents"]]
    assert intent["/S"] == "/GTS_PDFA1" and intent["/OutputConditionIdentifier"]
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3 and profile.get_data()[36:40] == b"acsp"


def test_every_face_is_inside_and_every_sign_has_its_letter(archive):
    fonts = [each for each in objects(archive[1]) if isinstance(each, dict) and each.get("/Type") == "/Font"]
    assert fonts
    for font in fonts:
        if font["/Subtype"] == "/Type0":
            assert "/ToUnicode" in font
        else:
            told = font["/FontDescriptor"].get_object()
            assert {"/FontFile", "/FontFile2", "/FontFile3"} & set(told)
            assert re.fullmatch(r"/[A-Z]{6}\+.+", str(told["/FontName"]))


def test_nothing_acts_calls_out_or_is_locked(archive):
    found = reader(archive[1])
    assert not found.is_encrypted and "/Encrypt" not in found.trailer and "/ID" in found.trailer
    for each in objects(archive[1]):
        if isinstance(each, dict):
            assert not FORBIDDEN & {*map(str, each), str(each.get("/S"))}
            assert str(each.get("/Filter")) not in {"/LZWDecode", "/Crypt"}


def test_each_page_has_its_language_and_no_transparency_group_without_a_colour_space(archive):
    found = reader(archive[1])
    assert str(found.trailer["/Root"]["/Lang"]).startswith("zh")
    for page in found.pages:
        group = page.get("/Group")
        assert group is None or "/CS" in group.get_object()


def test_another_tool_takes_the_same_snapshot_out(archive, tmp_path):
    snapshot, paper = archive
    (tmp_path / "a.pdf").write_bytes(paper)
    subprocess.run(
        ["pdfdetach", "-save", "1", "-o", tmp_path / "out.json", tmp_path / "a.pdf"], check=True, capture_output=True
    )
    assert (tmp_path / "out.json").read_bytes() == snapshot.canonical()
