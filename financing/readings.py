"""How a name is looked for (检索词): parts of it in signs, in pinyin and in initials, each from where a reader may begin. No database here."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from enum import IntEnum
from functools import cache, lru_cache
from itertools import islice, product
from typing import Any

#: Endings by the legal form: a name is looked for by what stands before them, and nobody by "有限公司" alone.
TAILS = ("股份有限公司", "有限责任公司", "有限公司", "合作社", "公司", "厂")
#: Signs with two living readings in names of firms and places; what a phrase does not settle is found by either.
HETERONYMS = frozenset("长重行乐朝曾单解盛都石车传调谷尉和大万圩埔蚌厦会会藏柏泊侯华任宁贾查种钉铅荷露沈省宿")
#: Signs of a name that are kept behind a place, and letters of its pinyin: what is typed beyond them is not compared.
LONGEST, LETTERS = 32, 16
#: Readings of one place: more than these no name has.
MOST_READINGS = 16


class Way(IntEnum):
    """How something was found, the best first: this is the order of the answers."""

    CODE = 0
    NAME = 1
    PART = 2
    PINYIN = 3
    PINYIN_PART = 4
    INITIALS = 5
    INITIALS_PART = 6
    PHONE = 7


def likeness(name: str) -> str:
    """What two names share when people would take them for the same: width, case, brackets and blanks do not count (I-27)."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign)[0] in "LN")


def spelled(name: str) -> list[tuple[Way, str]]:
    """Every word by which a name is found, each once."""
    plain = likeness(name)
    stop = len(plain) - len(next((tail for tail in TAILS if plain.endswith(tail) and plain != tail), ""))
    said = _readings(plain)
    spoken = [_spoken(said[place : place + LETTERS]) for place in range(stop)]
    found = (
        (Way.NAME, {plain[:LONGEST]} if stop else set()), (Way.PART, {plain[place : place + LONGEST] for place in range(1, stop)}),
        (Way.PINYIN, _joined(spoken[:1])), (Way.PINYIN_PART, _joined(spoken[1:])),
        (Way.INITIALS, _initials(spoken[:1])), (Way.INITIALS_PART, _initials(spoken[1:])),
    )  # fmt: skip
    return [(way, word) for way, words in found for word in words]


def asked(word: str, *, phones: bool) -> list[tuple[Way, str]]:
    """What one typed word may be the beginning of, in the order of the answers; phones only for whoever may see them."""
    plain = likeness(word)
    if not plain:
        return []
    ways = [(Way.NAME, plain[:LONGEST]), (Way.PART, plain[:LONGEST])]
    if not plain.isascii():
        return ways
    if plain.isdigit():
        tail = [(Way.PHONE, plain[::-1])] if phones and len(plain) >= 4 else []
        return [(Way.CODE, plain), *ways, *tail]
    letters = plain[:LETTERS]
    spoken = (Way.PINYIN, Way.PINYIN_PART, Way.INITIALS, Way.INITIALS_PART)
    return [(Way.CODE, plain.upper()), *ways, *((way, letters) for way in spoken)]


def _readings(plain: str) -> list[tuple[str, ...]]:
    """For each sign its readings, the one of the phrase first; a sign that is no character reads as itself."""
    from pypinyin.seg.simpleseg import seg  # noqa: PLC0415  its tables are read when the first name is written

    return [said for phrase in seg(plain) for said in _of_phrase(phrase)]


@lru_cache(maxsize=20_000)
def _of_phrase(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Names of one zone are made of the same phrases: each is looked up once."""
    from pypinyin import Style, pinyin  # noqa: PLC0415  as above

    said = [one[0] for one in pinyin([phrase], style=Style.NORMAL, errors=_apart)]
    return tuple(
        (first, *(other for other in _living(sign) if other != first)) for sign, first in zip(phrase, said, strict=True)
    )


def _apart(signs: str) -> Any:
    """Signs that are no characters, each by itself: the library takes a list here, whatever its type says."""
    return list(signs)


@cache
def _living(sign: str) -> tuple[str, ...]:
    from pypinyin import Style, pinyin  # noqa: PLC0415  as above

    return tuple(pinyin(sign, style=Style.NORMAL, heteronym=True)[0]) if sign in HETERONYMS else ()


def _spoken(said: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The syllables from one place on, in each of the ways they may be read."""
    if all(len(one) == 1 for one in said):
        return [tuple(one[0] for one in said)]
    return list(islice(product(*said), MOST_READINGS))


def _joined(places: Sequence[Sequence[tuple[str, ...]]]) -> set[str]:
    return {"".join(syllables)[:LETTERS] for place in places for syllables in place}


def _initials(places: Sequence[Sequence[tuple[str, ...]]]) -> set[str]:
    return {"".join([one[0] for one in syllables])[:LETTERS] for place in places for syllables in place}
