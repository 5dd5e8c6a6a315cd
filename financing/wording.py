"""Everything a person reads: names for acts and states, sentences for refusals, money, rates and dates."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

from financing.consequences import CONSEQUENCES, NEXT
from financing.desk import BEIJING
from financing.field_words import FIELDS
from financing.form_words import WRONG_SENTENCES
from financing.money import Fen, Rate, divide_half_up
from financing.needs.rules import Bounds, Wrong
from financing.refusals import Impossible, Refusal
from financing.sentences import SENTENCES
from financing.words import NAMES, _
from scoring.facts import FACTS
from scoring.policy import Condition
from scoring.policy_text import condition_words

LOCALE = Path(__file__).parent / "locale"
DOMAIN = "yuanrong"
Translate = Callable[[str], str]


@cache
def translations(lang: str) -> gettext.NullTranslations:
    """The catalogue of a language; Chinese is the source and needs none."""
    return gettext.translation(DOMAIN, LOCALE, [lang], fallback=True) if lang != "zh" else gettext.NullTranslations()


def translate(lang: str) -> Translate:
    return translations(lang).gettext


def name(word: StrEnum, lang: str = "zh") -> str:
    """The one word for an act, a state or a kind, the same in list, page, letter and journal."""
    return translate(lang)(NAMES[type(word)][word])


def field(key: str, lang: str = "zh") -> str:
    """The name of a form's field; a field for a fact is called as the fact."""
    if key in FACTS:
        return FACTS[key].term if lang == "zh" else FACTS[key].english
    return translate(lang)(FIELDS[key]) if key in FIELDS else key


def consequence(act: StrEnum, lang: str = "zh") -> str:
    """What pressing the button brings about, said before it is pressed; empty when nothing needs saying."""
    return translate(lang)(CONSEQUENCES[act]) if act in CONSEQUENCES else ""


def next_step(state: StrEnum, lang: str = "zh") -> str:
    """What happens next with a need in this state, said to the firm."""
    return translate(lang)(NEXT[state])


def sentence(refusal: Refusal, lang: str = "zh") -> str:
    """Why the answer is no and what to do, in one sentence."""
    return translate(lang)(SENTENCES[refusal.code]).format_map(_Said(refusal.facts, lang))


def at_fields(refusal: Impossible, lang: str = "zh") -> dict[str, str]:
    """What cannot be true of a need, said at each field with the figure it breaks and what to do."""
    wrong = cast("tuple[Wrong, ...]", refusal.facts["fields"])
    facts, say = _Said(refusal.facts, lang), translate(lang)
    return {one.field: say(WRONG_SENTENCES[one.value]).format_map(facts) for one in reversed(wrong)}


def at_bounds(bounds: Bounds, lang: str = "zh") -> dict[str, str]:
    """What a need beyond the bounds of the day would be told at each field, for a page to say it before the form is sent."""
    beyond = (Wrong.CEILING, Wrong.MONTHS, Wrong.UNREACHABLE)
    return at_fields(Impossible(fields=beyond, **bounds.facts()), lang)


class _Said(dict[str, str]):
    """The facts of a refusal as words; one that is missing leaves a dash, never an error on an error page."""

    def __init__(self, facts: Mapping[str, object], lang: str) -> None:
        super().__init__({key: spoken(value, lang) for key, value in facts.items()})

    def __missing__(self, key: str) -> str:
        return "—"


def spoken(value: object, lang: str = "zh") -> str:
    """Any fact as a person would say it."""
    match value:
        case StrEnum() if type(value) in NAMES:
            return name(value, lang)
        case Fen():
            return wan(value, lang)
        case Rate():
            return percent(value)
        case date():
            return day(value)
        case list() | tuple() | set() | frozenset():
            return ("、" if lang == "zh" else ", ").join(sorted(spoken(inner, lang) for inner in value))
        case Condition():
            return condition_words(value, lang)
        case str() if value in FIELDS or value in FACTS:
            return field(value, lang)
    return str(value)


#: Fen in ten thousand yuan.
WAN = 1_000_000


def wan(amount: Fen, lang: str = "zh") -> str:
    """Ten thousands of yuan with one decimal, for lists: 120.0 万元."""
    return f"{Decimal(divide_half_up(amount.fen, 100_000)) / 10:,.1f} " + translate(lang)(_("万元"))


def worth(amount: Fen, lang: str = "zh") -> str:
    """A sum within a sentence: ten thousands of yuan, or full yuan below one of them, so that nothing small is rounded away."""
    return wan(amount, lang) if abs(amount.fen) >= WAN else yuan(amount, lang)


def yuan(amount: Fen, lang: str = "zh") -> str:
    """Full yuan with separators, for forms and papers: 1,200,000.00 元."""
    return f"{Decimal(amount.fen) / 100:,.2f} " + translate(lang)(_("元"))


def percent(rate: Rate) -> str:
    return f"{Decimal(divide_half_up(rate.ppm, 100)) / 100:.2f} %"


def clock_time(moment: datetime) -> str:
    """The time of day in Beijing."""
    return f"{moment.astimezone(BEIJING):%H:%M}"


def day(when: date) -> str:
    """A day as 2026-11-23, a moment as 2026-11-23 09:30 in Beijing."""
    return when.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M") if isinstance(when, datetime) else when.isoformat()


def lasted(seconds: int, lang: str = "zh") -> str:
    """How long something has lasted, in the unit that says it best, rounded down."""
    say = translate(lang)
    for size, words in ((86_400, _("{n} 天")), (3_600, _("{n} 小时")), (60, _("{n} 分钟"))):
        if seconds >= 2 * size:
            return say(words).format(n=seconds // size)
    return say(_("{n} 秒")).format(n=seconds)


def deadline(left: int, due: date, lang: str = "zh") -> str:
    """Working days left and the day itself: 剩 3 个工作日（11-26）."""
    say = translate(lang)
    when = f"{due:%m-%d}"
    if left < 0:
        return say(_("逾期 {days} 个工作日（{when}）")).format(days=-left, when=when)
    if left == 0:
        return say(_("今天到期（{when}）")).format(when=when)
    return say(_("剩 {days} 个工作日（{when}）")).format(days=left, when=when)


def credit_code(code: str) -> str:
    """A unified social credit code in groups of 4-4-4-6, as people read it aloud."""
    return " ".join((code[:4], code[4:8], code[8:12], code[12:]))
