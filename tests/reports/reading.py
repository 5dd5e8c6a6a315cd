"""Read a printed paper back with another library."""

from __future__ import annotations

import io
import unicodedata

import pypdf


def reader(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


def bare(text: str) -> str:
    """Letters alone: line breaks and spaces are the printer's business."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def text(pdf: bytes) -> str:
    return bare("".join(page.extract_text() for page in reader(pdf).pages))


def fonts(pdf: bytes) -> set[str]:
    return {
        str(font.get_object()["/BaseFont"]).split("+")[-1]
        for page in reader(pdf).pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
