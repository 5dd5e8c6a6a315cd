"""Headings of a sheet as they are compared."""

from __future__ import annotations

import re
import unicodedata

MARKS = re.compile(r"\s+|\*+$|\(必填\)$|\(选填\)$")


def plain(text: object) -> str:
    """A heading as it is compared: full-width signs, spaces and the mark of a required column do not count."""
    return MARKS.sub("", unicodedata.normalize("NFKC", str(text or "")))
