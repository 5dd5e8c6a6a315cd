"""Made-up unified social credit codes that pass both check digits, for firms that exist only on stage."""

from __future__ import annotations

from stdnum.cn import uscc

#: GB 11714: letters and digits by their value, and the weights of the first eight places.
LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
#: Market regulation, enterprise, and a region code that is given to no county.
PREFIX = "91369900"


def stage_code(number: int, letters: str = "MA9", digits: int = 5) -> str:
    """The code of the n-th firm on stage."""
    organisation = f"{letters}{number:0{digits}d}"
    left = 11 - sum(LETTERS.index(letter) * weight for letter, weight in zip(organisation, WEIGHTS, strict=True)) % 11
    check = {10: "X", 11: "0"}.get(left, str(left))
    body = PREFIX + organisation + check
    return body + str(uscc.calc_check_digit(body))
