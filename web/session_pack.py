"""A forum session as its print pack shows it: put together from the timetable, the dossiers and the people of the banks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from financing.access import Role
from financing.desk import Desk
from financing.forums import guest_views, views
from financing.forums.day_rules import Reply
from financing.forums.intents import answer_code
from financing.forums.model import BankTable, ForumSession, Talk
from financing.matching.model import Dossier, Match
from financing.matching.snapshot import Absent, Snapshot
from financing.parties.model import Bank, Firm
from financing.people.model import User
from reports import session as paper

ARRIVAL = 30  # minutes before the first round


def programme_of(
    desk: Desk, session: ForumSession, zone: str, host: str = "", *, site: str = "", rehearsal: bool = False
) -> paper.SessionView:
    """The pack of one session for the officer who runs the day."""
    rounds = [paper.Round(r.number, r.starts, r.ends) for r in views.rounds(session)]
    invited = guest_views.guests(desk, session).rows
    coming = {row.party: row.guest.person for row in invited if row.guest.reply is Reply.COMING}
    tables = _tables(desk, session, coming)
    talks = list(_talks(desk, session, {table.bank: table.number for table in tables}))
    return paper.SessionView(
        number=session.number,
        zone=zone,
        title=session.title,
        day=session.day,
        place=session.place,
        host=host or zone,
        programme=_programme(rounds),
        rounds=rounds,
        tables=tables,
        talks=talks,
        teasers=list(_teasers(desk, {talk.need for talk in talks})),
        guests=_guests(tables, talks, coming),
        invited=[paper.Invited(row.party, row.table, row.guest.person, row.guest.code) for row in invited],
        answers_at=f"{site}/sessions/{session.id}/answers?code=",
        arrivals_at=f"{site}/sessions/{session.id}/guests?code=",
        rehearsal=rehearsal,
    )


def _programme(rounds: list[paper.Round]) -> list[paper.Programme]:
    """Arrival half an hour before the first round, the rounds, and the gathering of answer sheets."""
    first, last = rounds[0], rounds[-1]
    return [
        paper.Programme(_before(first.starts, ARRIVAL), "签到、开场与说明", "经开区"),
        paper.Programme(f"{first.starts}–{last.ends}", f"一对一洽谈，共 {len(rounds)} 轮", "各银行、各企业"),
        paper.Programme(last.ends, "收回答复单，公布意向", "经开区"),
    ]


def _before(clock: str, minutes: int) -> str:
    """A time of day so many minutes earlier, never before midnight."""
    hour, minute = map(int, clock.split(":"))
    left = max(0, 60 * hour + minute - minutes)
    return f"{left // 60:02d}:{left % 60:02d}"


def _tables(desk: Desk, session: ForumSession, coming: Mapping[str, str]) -> list[paper.Table]:
    """Who may decide for a bank, as it answered; until it has, its officers."""
    rows = desk.all(BankTable, BankTable.session_id == session.id, by=BankTable.place)
    names = {bank.id: bank.name for bank in desk.all(Bank)}
    bankers = desk.all(User, User.role == Role.BANKER, User.active.is_(True), by=User.name)
    return [
        paper.Table(
            row.place,
            names[row.bank_id],
            [coming[names[row.bank_id]]]
            if names[row.bank_id] in coming
            else [user.name for user in bankers if user.bank_id == row.bank_id],
        )
        for row in rows
    ]


def _talks(desk: Desk, session: ForumSession, places: dict[str, int]) -> Iterator[paper.Talk]:
    banks = {bank.id: places.get(bank.name, 0) for bank in desk.all(Bank)}
    firms = {firm.id: firm.name for firm in desk.all(Firm)}
    needs = {match.id: match.need_id for match in desk.all(Match)}
    dossiers = {row.need_id: row for row in desk.all(Dossier)}
    for talk in desk.all(Talk, Talk.session_id == session.id, by=Talk.round):
        dossier = dossiers.get(needs[talk.match_id])
        if dossier is not None:
            yield paper.Talk(
                talk.round, banks[talk.bank_id], firms[talk.firm_id], dossier.number, dossier.amount.fen, dossier.months,
                answer_code(dossier.number, banks[talk.bank_id]),
            )  # fmt: skip


def _teasers(desk: Desk, numbers: set[str]) -> Iterator[paper.Teaser]:
    """Needs without names, in the order of their dossiers."""
    for row in desk.all(Dossier, Dossier.number.in_(numbers), by=Dossier.number):
        content = Snapshot.model_validate_json(row.snapshot)
        industry, granted = content.firm.industry, content.guarantee
        yield paper.Teaser(
            row.number,
            None if isinstance(industry, Absent) else industry.value,
            row.amount.fen,
            row.months,
            content.need.purpose,
            row.grade,
            None if isinstance(granted, Absent) else granted.form,
        )


def _guests(tables: list[paper.Table], talks: list[paper.Talk], coming: Mapping[str, str]) -> list[paper.Guest]:
    bankers = [paper.Guest(table.bank, officer, "银行") for table in tables for officer in table.officers]
    return bankers + [paper.Guest(firm, coming.get(firm, ""), "企业") for firm in sorted({talk.firm for talk in talks})]
