"""Who a firm is (统一社会信用代码) and what it may be called: read strictly, with a hint when a sign was mistyped. No database here."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from stdnum.cn import uscc

from financing.refusals import CodeMistyped, NotACode, NotText, OrganAsGuarantor, UnlicensedName

ALPHABET = frozenset("0123456789ABCDEFGHJKLMNPQRTUWXY")
LENGTH = 18
#: Letters that GB 32100-2015 leaves out because they look like these.
LOOKS_LIKE = str.maketrans({"O": "0", "I": "1", "Z": "2", "S": "5", "V": "U"})
LONGEST_NAME = 120
#: General categories that no name needs: controls, formats (bidi, zero width), private use, surrogates, unassigned.
INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})
#: Organs of state cannot guarantee (民法典第683条，法释〔2020〕28号第5条).
ORGANS = ("管委会", "管理委员会", "人民政府", "财政局", "办公室")
#: Only a licensed company may carry this in its name (国务院令第683号第6条).
LICENSED_WORDS = ("融资担保", "融资性担保")


class CodeFault(StrEnum):
    """What is wrong with a credit code."""

    LENGTH = "length"
    WIDTH = "width"
    SIGN = "sign"
    CHECK = "check"


def credit_code(text: str) -> str:
    """The code in capitals without blanks; NotACode with the reason, CodeMistyped when one reading would be right."""
    code = "".join(text.split()).replace("-", "").upper()
    if not code.isascii():
        raise _mistyped(text, unicodedata.normalize("NFKC", code), CodeFault.WIDTH)
    if len(code) != LENGTH:
        raise NotACode(given=text[:40], reason=CodeFault.LENGTH)
    if not ALPHABET.issuperset(code):
        raise _mistyped(text, code, CodeFault.SIGN)
    if code[-1] != uscc.calc_check_digit(code[:-1]):
        raise NotACode(given=text[:40], reason=CodeFault.CHECK)
    return code


def _mistyped(text: str, code: str, fault: CodeFault) -> NotACode:
    """Look-alikes read as what they stand for: offered when that gives a sound code, never taken in silence."""
    read = code.translate(LOOKS_LIKE)
    if len(read) == LENGTH and ALPHABET.issuperset(read) and read[-1] == uscc.calc_check_digit(read[:-1]):
        return CodeMistyped(given=text[:40], reason=fault, suggestion=read)
    return NotACode(given=text[:40], reason=fault)


def line(text: str, field: str, longest: int = LONGEST_NAME) -> str:
    """One line of text in NFC without blanks around it; NotText when empty, too long or with signs nobody can see."""
    plain = " ".join(unicodedata.normalize("NFC", text).split(" ")).strip()
    if not plain or len(plain) > longest or any(unicodedata.category(sign) in INVISIBLE for sign in plain):
        raise NotText(field=field)
    return plain


def passage(text: str, field: str, longest: int = 500) -> str:
    """Some lines of text in NFC; line breaks may stay, other signs nobody can see may not (NotText)."""
    return "\n".join(line(part, field, longest) for part in text.strip().splitlines() if part.strip()) or line(
        "", field
    )


def guarantor_name(name: str, *, licensed: bool) -> str:
    """A name that may stand behind a loan; OrganAsGuarantor, UnlicensedName."""
    name = line(name, "name")
    if any(word in name for word in ORGANS):
        raise OrganAsGuarantor(given=name)
    if not licensed and any(word in name for word in LICENSED_WORDS):
        raise UnlicensedName(given=name)
    return name
