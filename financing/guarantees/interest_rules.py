"""What members declare (利益申报, F99), and what follows for a case (推定回避, F12). No database here.

A declaration is lines of text as a member types them; a case has parties, each standing in some way to its firm. Where a line and
a party are the same company or the same person, the member has a tie, and the evidence names both.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from financing.interest_refusals import NotALine
from financing.money import Rate
from financing.parties.identity import credit_code, line
from financing.readings import likeness
from financing.refusals import Refusal


class Ground(StrEnum):
    """What ties a member: a line they declared, they themselves, or that they prepared the case."""

    SHAREHOLDING = "shareholding"
    OFFICE = "office"
    FAMILY = "family"  # a near relative's firm: owned, run or worked for
    EMPLOYER = "employer"  # now, or until not long ago
    BANK = "bank"
    ONESELF = "oneself"
    PREPARER = "preparer"


DECLARED = (Ground.SHAREHOLDING, Ground.OFFICE, Ground.FAMILY, Ground.EMPLOYER, Ground.BANK)


class Stand(StrEnum):
    """How a party stands to the firm of a case."""

    FIRM = "firm"
    GROUP = "group"  # another firm of its group
    CONTROLLER = "controller"
    SHAREHOLDER = "shareholder"
    OFFICER = "officer"
    FAMILY = "family"
    GUARANTOR = "guarantor"  # stands behind its debts
    HELD = "held"  # it owns, runs or guarantees that firm
    CASE = "case"  # whoever prepared the case


@dataclass(frozen=True, slots=True)
class Interest:
    """One line of a declaration: a firm, for FAMILY with the relative; `until` is the last day with a former employer."""

    ground: Ground
    firm: str
    code: str = ""
    person: str = ""
    mark: str = ""  # what tells persons of one name apart: the last six signs of an identity card
    share: Rate | None = None
    until: date | None = None
    note: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "ground": self.ground.value, "firm": self.firm, "code": self.code, "person": self.person, "mark": self.mark,
            "share": self.share.ppm if self.share is not None else None, "until": self.until.isoformat() if self.until else None,
            "note": self.note,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Interest:
        share, until = kept["share"], kept["until"]
        return cls(
            Ground(kept["ground"]), kept["firm"], kept["code"], kept["person"], kept["mark"],
            None if share is None else Rate(share), None if until is None else date.fromisoformat(until), kept["note"],
        )  # fmt: skip


BETWEEN = re.compile(r"[,，;；\t]")
CODE = re.compile(r"[0-9A-Z]{18}", re.IGNORECASE)
SHARE = re.compile(r"(\d{1,3}(?:\.\d{1,4})?)\s*%")
MARK = re.compile(r"\d{5}[0-9X]", re.IGNORECASE)
DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})?日?)?\s*(?:离任|离职|止)?")


def read(ground: Ground, text: str) -> tuple[Interest, ...]:
    """The lines of one box, one firm a line, parts between commas; NotALine names the box and the line it cannot read."""
    return tuple(_line(ground, given) for given in text.splitlines() if given.strip())


def _line(ground: Ground, given: str) -> Interest:
    parts = [part.strip() for part in BETWEEN.split(unicodedata.normalize("NFKC", given)) if part.strip()]
    found: dict[str, Any] = {}
    names: list[str] = []
    try:
        for part in parts:
            key, value = _part(part)
            if key == "name":
                names.append(line(value, ground.value))
            else:
                found[key] = value
    except (Refusal, ValueError):
        raise NotALine(field=FIELDS[ground], given=given.strip()[:40]) from None
    person = names.pop(0) if ground is Ground.FAMILY and names else ""
    if not names or (ground is Ground.SHAREHOLDING and "share" not in found):
        raise NotALine(field=FIELDS[ground], given=given.strip()[:40])
    return Interest(ground, names[0], person=person, note="，".join(names[1:]), **found)


def _part(part: str) -> tuple[str, Any]:
    """One part between commas, by its form: a credit code, a share, a mark of a person, a day, else a name."""
    if CODE.fullmatch(part):
        return "code", credit_code(part)
    if share := SHARE.fullmatch(part):
        return "share", _share(share[1])
    if MARK.fullmatch(part):
        return "mark", part.upper()
    if last := DAY.fullmatch(part):
        return "until", date(int(last[1]), int(last[2]), int(last[3] or 28))
    return "name", part


def _share(text: str) -> Rate:
    share = Rate.percent(text)
    if not Rate(0) < share <= Rate.percent(100):
        raise ValueError(text)
    return share


#: The box of the form in which a ground is declared.
FIELDS = {
    Ground.SHAREHOLDING: "shareholdings",
    Ground.OFFICE: "offices",
    Ground.FAMILY: "relatives",
    Ground.EMPLOYER: "employers",
    Ground.BANK: "banks_known",
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody by name and by the mark that tells them from others of that name; without a mark nobody is certain."""

    name: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Declared:
    """A line with the place where it stands on record: the declaration, its year and number, the line counted from one."""

    interest: Interest
    declaration: int
    year: int
    number: int
    line: int


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody on the side of a case: a company or a person, how it stands to which firm, and the relation that says so."""

    name: str
    mark: str
    stand: Stand
    of: str
    relation: int | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a tie was derived: the ground on the member's side, the party on the side of the case, and where both stand."""

    ground: Ground
    stand: Stand
    party: str
    of: str
    year: int | None = None
    number: int | None = None
    line: int | None = None
    declaration: int | None = None
    relation: int | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "ground": self.ground.value, "stand": self.stand.value, "party": self.party, "of": self.of, "year": self.year,
            "number": self.number, "line": self.line, "declaration": self.declaration, "relation": self.relation,
        }  # fmt: skip

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> Evidence:
        return cls(**{**kept, "ground": Ground(kept["ground"]), "stand": Stand(kept["stand"])})


def derive(
    member: Person, declared: Sequence[Declared], parties: Sequence[Party], employed_since: date
) -> tuple[Evidence, ...]:
    """Every tie of a member to a case; an employer left before `employed_since` ties no more."""
    return tuple(_derived(member, declared, parties, employed_since))


def _derived(
    member: Person, declared: Sequence[Declared], parties: Sequence[Party], employed_since: date
) -> Iterator[Evidence]:
    for party in parties:
        if same_person(member, party):
            yield Evidence(Ground.ONESELF, party.stand, party.name, party.of, relation=party.relation)
        for said in declared:
            own = said.interest
            if own.until is not None and own.until < employed_since:
                continue
            if same_firm(own, party) or (own.person and same_person(Person(own.person, own.mark), party)):
                yield Evidence(
                    own.ground, party.stand, party.name, party.of, said.year, said.number, said.line, said.declaration,
                    party.relation,
                )  # fmt: skip


def same_firm(own: Interest, party: Party) -> bool:
    """By credit code where both have one, else by the name as people confuse it: a member's own word is taken at its word."""
    if own.code and len(party.mark) == len(own.code):
        return own.code == party.mark
    return likeness(own.firm) == likeness(party.name)


def same_person(person: Person, party: Party) -> bool:
    """By name together with a mark; the same name alone is a hint for a person, never a finding (0022)."""
    return bool(person.mark) and person.mark == party.mark and likeness(person.name) == likeness(party.name)


def namesakes(member: Person, parties: Iterable[Party]) -> tuple[Party, ...]:
    """Parties with the member's name that nothing tells apart for certain: for the chair to look at."""
    return tuple(
        party for party in parties if likeness(member.name) == likeness(party.name) and not (member.mark and party.mark)
    )
