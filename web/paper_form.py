"""The one form on paper: its questions taken from the very forms of the pages, so that both ask the same in the same order."""

from __future__ import annotations

from financing.wording import translate
from financing.words import _
from reports.application import Question
from web.forms import Form, Sheet
from web.one_form import FIRM_GROUPS, NEED_GROUPS, Group
from web.pages.needs import NeedForm
from web.pages.parties import RegisterForm

#: The edition printed today, and all that may still come back filled in; a test holds the questions to the edition.
EDITION = "2026-1"
EDITIONS = (EDITION,)
CONTACT = Group("contact", ("contact", "phone"))
TITLES = {
    "contact": _("联系人"), "firm": _("您的企业"), "size": _("企业有多大"), "use": _("钱做什么用"), "money": _("要多少，用多久"),
    "security": _("您能提供什么"),
}  # fmt: skip
LABELS = {"name": "firm_name"}
#: What stands beside the box of a tick.
TICKS = {"no_broker": _("我确认：没有通过中介办理，也没有人以办理贷款为名收费")}


def questions(lang: str) -> list[tuple[str, list[Question]]]:
    """Every group with its questions, as the pages ask them."""
    say = translate(lang)
    asked: list[tuple[Group, type[Form]]] = [(CONTACT, RegisterForm), *((one, RegisterForm) for one in FIRM_GROUPS)]
    asked += [(one, NeedForm) for one in NEED_GROUPS]
    return [
        (f"{number}. {say(TITLES[group.key])}", [_question(Sheet(kind, lang, {}), name) for name in group.fields])
        for number, (group, kind) in enumerate(asked, 1)
    ]


def _question(sheet: Sheet, name: str) -> Question:
    shown = sheet[name]
    choices = tuple(word for _value, word in shown.choices)
    if shown.kind == "tick":
        choices = (translate(sheet.lang)(TICKS[name]),)
    label = sheet.word(LABELS[name]) if name in LABELS else shown.label
    return Question(
        label,
        "" if label.endswith(("）", ")")) else shown.unit,  # many a label bears its unit
        choices,
        3 if shown.kind == "lines" else 1,
    )
