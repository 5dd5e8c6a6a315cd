"""The faces papers are set in (字体): cut to common characters where set-up has made them, whole for the rest."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "print" / "fonts"


@dataclass(frozen=True, slots=True)
class Face:
    """One face: the collection it is cut from, the family in it, and the family and weight that papers know it by."""

    collection: str
    whole: str
    family: str
    weight: int

    @property
    def name(self) -> str:
        """The file of the cut face."""
        return f"{Path(self.collection).stem}.otf"


FACES = (
    Face("NotoSansCJK-Regular.ttc", "Noto Sans CJK SC", "Noto Sans CJK SC Common", 400),
    Face("NotoSansCJK-Bold.ttc", "Noto Sans CJK SC", "Noto Sans CJK SC Common", 700),
    Face("NotoSerifCJK-Regular.ttc", "Noto Serif CJK SC", "Noto Serif CJK SC Common", 400),
)
