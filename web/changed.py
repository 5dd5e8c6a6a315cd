"""Two people at one form (先后修改): what you typed beside what stands now, so that nothing is lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from financing import wording
from financing.refusals import Changed
from web.forms import Sheet, standing, typed


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the comparison."""

    name: str
    label: str
    yours: str
    now: str

    @property
    def differs(self) -> bool:
        return self.yours != self.now


def page(request: Any, refusal: Changed) -> Any:
    """The comparison, with the form as typed ready to be saved over the newer version, or dropped."""
    thing, kind = refusal.facts["now"], type(request.filled)
    mine, stands = typed(request.fields), standing(kind, thing, {})
    sheet = Sheet(kind, request.lang, mine)
    rows = [
        Row(
            name,
            sheet[name].label,
            _words(sheet, name, mine.get(name, ())),
            _words(sheet, name, stands.get(name, ())),
        )
        for name in kind.model_fields
        if name != "version"
    ]
    kept = [(name, text) for name, texts in mine.items() if name != "version" for text in texts]
    return request.show(
        "changed.html", status=refusal.status, rows=rows, kept=kept, version=getattr(thing, "version", ""),
        sentence=wording.sentence(refusal, request.lang), back=request.url.path,
    )  # fmt: skip


def _words(sheet: Sheet, name: str, texts: tuple[str, ...]) -> str:
    names = dict(sheet[name].choices)
    return "、".join(names.get(text, text) for text in texts)
