"""The kinds of actor, and the readable tests that the rules of access are put together from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Role(StrEnum):
    """The thirteen kinds of actor; two letters in the brackets are the matrix's."""

    VISITOR = "visitor"  # ANON
    CLERK = "clerk"  # EU, fills in for the firm
    SIGNATORY = "signatory"  # EF, binds the firm
    OFFICER = "officer"  # CO, zone case officer
    MEMBER = "member"  # GM, guarantee committee
    CHAIR = "chair"  # GC
    BANKER = "banker"  # BO
    BANK_ADMIN = "bank_admin"  # BA
    FUND = "fund"  # FM
    LEADER = "leader"  # PL
    AUDITOR = "auditor"  # AU
    ADMIN = "admin"  # PA
    SYSTEM = "system"  # SYS


class Remit(StrEnum):
    """What an administrator is in charge of; nobody holds both, nor auditing beside one of them (三员分立)."""

    RUNNING = "running"  # 系统管理
    ACCOUNTS = "accounts"  # 安全管理


FIRM = frozenset({Role.CLERK, Role.SIGNATORY})
COMMITTEE = frozenset({Role.MEMBER, Role.CHAIR})
BANK = frozenset({Role.BANKER, Role.BANK_ADMIN})
#: Whoever can decide on a case: members of the committee, and officers on small ones (F41).
DECIDERS = COMMITTEE | {Role.OFFICER}


@dataclass(frozen=True, slots=True)
class Actor:
    id: int
    role: Role
    firm_id: int | None = None
    bank_id: int | None = None
    name: str = ""
    key_id: int | None = None  # a bank's own system acting for this officer, by this key
    emergency_id: int | None = None  # an administrator reading one firm in an emergency, at its own door
    remit: Remit | None = None  # of an administrator; none: one made before the two were parted, in charge of both


VISITOR = Actor(0, Role.VISITOR)
SYSTEM = Actor(0, Role.SYSTEM)


@dataclass(frozen=True, slots=True)
class Who:
    """A readable test of an actor against the thing acted upon; `roles` is who can ever pass it."""

    says: str
    roles: frozenset[Role]
    test: Callable[[Actor, Any], bool]

    def __and__(self, other: Who) -> Who:
        return Who(
            f"{self.says}, {other.says}", self.roles & other.roles, lambda a, s: self.test(a, s) and other.test(a, s)
        )

    def __or__(self, other: Who) -> Who:
        return Who(
            f"{self.says} or {other.says}", self.roles | other.roles, lambda a, s: self.test(a, s) or other.test(a, s)
        )


def role(says: str, *roles: Role) -> Who:
    return Who(says, frozenset(roles), lambda actor, _: actor.role in roles)


EVERYONE = frozenset(Role)
anyone = role("anyone", *Role)
signed_in = role("anyone signed in", *(EVERYONE - {Role.VISITOR, Role.SYSTEM}))
visitor = role("a visitor", Role.VISITOR)
own_firm = Who(
    "the firm itself", FIRM, lambda a, s: a.role in FIRM and a.firm_id is not None and a.firm_id == s.firm_id
)
signatory = role("its signatory", Role.SIGNATORY)
officer = role("a zone officer", Role.OFFICER)
committee = role("a committee member", *COMMITTEE)
chair = role("the chair", Role.CHAIR)
chair_aside = Who(
    "in place of a tied chair", COMMITTEE, lambda a, s: a.role in COMMITTEE and getattr(s, "chair_aside", False)
)
banker = role("a bank officer", Role.BANKER)
bank_admin = role("a bank's administrator", Role.BANK_ADMIN)
own_bank = Who("of the bank it was sent to", BANK, lambda a, s: a.bank_id is not None and a.bank_id == s.bank_id)
its_holder = Who("who answers for it", EVERYONE, lambda a, s: a.id == s.user_id)
not_its_officer = Who("not the one who brought the case", EVERYONE, lambda a, s: a.id != s.officer_id)
of_the_zone = Who("of what the zone decided", EVERYONE, lambda _, s: getattr(s, "of_the_zone", False))
no_decider = Who("nobody who had decided", EVERYONE, lambda a, s: a.id not in getattr(s, "deciders", ()))
fund = role("the fund manager", Role.FUND)
not_its_proposer = Who("not the one who proposed it", EVERYONE, lambda a, s: a.id != s.proposed_by)
not_its_preparer = Who("not the one who prepared it", EVERYONE, lambda a, s: a.id != s.prepared_by)
not_its_recaller = Who("not the one who asked for it back", EVERYONE, lambda a, s: a.id != s.recalled_by)
not_the_visitor = Who("another officer than the one who went there", EVERYONE, lambda a, s: a.id != s.officer_id)
not_who_handed_in = Who("not the one who handed it in", EVERYONE, lambda a, s: a.id != s.shown_by)
its_proposer = Who("who put it forward", EVERYONE, lambda a, s: a.id == s.proposed_by)
leader = role("a leader", Role.LEADER)
heads_section = officer & Who("who heads the section", EVERYONE, lambda a, s: a.id == getattr(s, "head_id", 0))
staff = role("whoever keeps lists of the zone", Role.OFFICER, Role.LEADER, Role.AUDITOR)
admin = role("an administrator", Role.ADMIN)
runs = admin & Who("in charge of running", EVERYONE, lambda a, _: a.remit is not Remit.ACCOUNTS)
guards = admin & Who("in charge of accounts", EVERYONE, lambda a, _: a.remit is not Remit.RUNNING)
auditor = role("an auditor", Role.AUDITOR)
system = role("the platform itself", Role.SYSTEM)
its_handler = Who(
    "one of the two who handle reports",
    frozenset({Role.OFFICER, Role.LEADER}),
    lambda a, s: a.role in {Role.OFFICER, Role.LEADER} and a.id in getattr(s, "handlers", ()),
)
not_its_inviter = Who("not the one who invited", EVERYONE, lambda a, s: a.id != s.invited_by)
not_oneself = Who("never for oneself", EVERYONE, lambda a, s: a.id != s.user_id)
