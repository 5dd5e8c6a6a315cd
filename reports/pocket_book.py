"""The pocket book of policies (惠企政策口袋书): every clause in force, with contents, a table of deadlines and an index by industry."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from financing.policies.model import Policy, PolicyClause
from reports.pdf import Job
from reports.typesetting import SOURCE, paper
from scoring.industries import industries, path
from scoring.policy import Clause
from scoring.policy_text import condition_words

Found = Sequence[tuple[Policy, Sequence[PolicyClause]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One clause as the book holds it; `anchor` is where contents, deadlines and index lead."""

    anchor: str
    clause: PolicyClause
    conditions: tuple[str, ...]
    closes: date | None


@dataclass(frozen=True, slots=True)
class Chapter:
    """One policy with its clauses."""

    anchor: str
    policy: Policy
    entries: tuple[Entry, ...]


def pocket_book(found: Found, zone: str, today: date, amount: Callable[[PolicyClause], str], lang: str = SOURCE) -> Job:
    """The printing job of the book, A5 upright; `amount` says the sum of a clause in one line."""
    chapters = [_chapter(number, policy, clauses, today, lang) for number, (policy, clauses) in enumerate(found, 1)]
    entries = [entry for chapter in chapters for entry in chapter.entries]
    dated = sorted((entry for entry in entries if entry.closes), key=lambda entry: (entry.closes, entry.anchor))
    html = paper(
        "pocket_book.html", lang, zone=zone, today=today, chapters=chapters, dated=dated, index=index(entries), amount=amount,
        rehearsal=False,
    )  # fmt: skip
    return Job(html, sha256(html.encode()).hexdigest())


def _chapter(number: int, policy: Policy, clauses: Sequence[PolicyClause], today: date, lang: str) -> Chapter:
    entries = tuple(
        Entry(f"c{number}-{place}", clause, tuple(condition_words(each, lang) for each in clause.clause.conditions),
              clause.clause.deadline(today) or clause.until)
        for place, clause in enumerate(clauses, 1)
    )  # fmt: skip
    return Chapter(f"p{number}", policy, entries)


def index(entries: Sequence[Entry]) -> list[tuple[str, list[Entry]]]:
    """Sections of the national list with the clauses that name a trade of theirs; those open to every trade stand first, under ""."""
    sections = [each for each in industries().values() if each.code == each.section]
    every = [entry for entry in entries if not _trades(entry.clause.clause)]
    named = [
        (f"{one.code} {one.name}", [e for e in entries if one.code in _trades(e.clause.clause)]) for one in sections
    ]
    return [("", every), *((word, found) for word, found in named if found)]


def _trades(clause: Clause) -> set[str]:
    """The sections of the trades that a clause is for; none where it is for all."""
    codes = [each.value for each in clause.conditions if each.fact == "industry"]
    flat = [code for value in codes for code in (value if isinstance(value, tuple) else (str(value),))]
    return {path(code)[0].code for code in flat}
