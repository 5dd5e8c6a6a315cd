"""The sealed record of a decision as the paper says it: nothing on the paper comes from anywhere else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Protocol

from financing import wording
from financing.guarantees.interest_rules import Evidence
from financing.guarantees.rules import CaseState, Hurdle, Round, Scope, Vote
from financing.needs.rules import Purpose
from financing.parties.rules import Support
from financing.words import _
from reports.resolution import Attendance, BallotLine, Limit, Member, ResolutionView, Terms
from web.recusal_words import evidence_word
from web.sealed_words import afford, opinions, order, price_rows


class Sealed(Protocol):
    """A sealed record with its digest: a resolution, or one of those that minutes hold."""

    @property
    def record(self) -> dict[str, Any]: ...
    @property
    def digest(self) -> str: ...


def printed(resolution: Sealed, zone: str, lang: str) -> ResolutionView:
    """The view that reports.resolution prints, in the words of one language."""
    record, say = resolution.record, wording.translate(lang)
    need, meeting, score, count = record["need"], record["meeting"], record["assessment"], record["count"]
    sealed = datetime.fromisoformat(record["sealed_at"])
    outcome = CaseState(record["outcome"])
    rounds = tuple(filter(None, (_ballots(record, which) for which in Round)))
    return ResolutionView(
        number=record["number"],
        zone=zone,
        committee=say(_("{zone}融资担保评审委员会") if meeting else _("{zone}融资担保授权审批")).format(zone=zone),
        meeting=_where(record, say),
        held=sealed,
        place=meeting["place"] if meeting else "—",
        chair=next((seat["name"] for seat in record["seats"] if seat["chair"]), record["sealed_by"]["name"]),
        secretary=record["case"]["officer"]["name"],
        firm=record["firm"]["name"],
        uscc=record["firm"]["code"],
        need=need["number"],
        amount=need["amount"],
        months=need["months"],
        purpose=f"{wording.name(Purpose(need['purpose']), lang)}：{need['use']}",
        grade=score["grade"],
        total=score["total"],
        full=score["full_marks"],
        card=f"{score['title']}（{score['since']}）",
        outcome=outcome,
        members=_members(record, lang),
        quorum=_least(count["seats"], count["quorum"]),
        majority=_least(count["cast"], count["majority"]),
        rounds=rounds,
        points=_points(record, lang),
        conditions=tuple(f"{said['says']}（{'、'.join(said['names'])}）" for said in record["conditions"]),
        dissent=tuple(ballot for ballot in (rounds[-1] if rounds else ()) if ballot.vote is Vote.AGAINST),
        limits=_limits(record, lang),
        terms=_terms(record),
        reason=record["case"]["opinion"],
        **_beside(record, lang) | {"sealed": sealed, "digest": resolution.digest},
    )


def _beside(record: dict[str, Any], lang: str) -> dict[str, Any]:
    """What the record holds beside the case and its votes."""
    return {
        "by_two": record["meeting"] is None,
        "order": order(record, lang),
        "opinions": opinions(record, lang),
        "afford": afford(record, lang),
        "price": price_rows(record, lang),
    }


def _where(record: dict[str, Any], say: Callable[[str], str]) -> str:
    """The sitting, or until when members could call a decision of two officers in."""
    if (meeting := record["meeting"]) is None:
        return say(_("两位经办授权审批（可提请上会至 {day}）")).format(day=record["call_in_until"])
    return say(_("{number} 号评审会（{day}）")).format(number=meeting["number"], day=meeting["day"])


def _ballots(record: dict[str, Any], which: Round) -> tuple[BallotLine, ...]:
    """The ballots of one round that counted; a record of the time of one round has final ones alone."""
    counted = (b for b in record["ballots"] if not b["void"] and b.get("round", Round.FINAL) == which)
    return tuple(BallotLine(b["name"], Vote(b["vote"]), b["opinion"]) for b in counted)


def _members(record: dict[str, Any], lang: str) -> tuple[Member, ...]:
    say = wording.translate(lang)
    reasons = {tie["user"]: _tie(tie, lang) for tie in record["ties"]}
    voted = {ballot["user"] for ballot in record["ballots"] if not ballot["void"]}

    def attendance(user: int) -> Attendance:
        present = Attendance.PRESENT if user in voted else Attendance.ABSENT
        return Attendance.RECUSED if user in reasons else present

    return tuple(
        Member(
            seat["name"],
            _part(record, seat, say),
            attendance(seat["user"]),
            reasons.get(seat["user"], ""),
        )
        for seat in record["seats"]
    )


def _part(record: dict[str, Any], seat: dict[str, Any], say: Callable[[str], str]) -> str:
    if record["meeting"] is None:
        return say(_("经办"))
    return say(_("主任委员")) if seat["chair"] else say(_("委员"))


def _tie(tie: dict[str, Any], lang: str) -> str:
    """The reason of a tie with its source: the evidence it was derived from, or who imposed it."""
    if derived := [evidence_word(Evidence.from_json(one), lang) for one in tie.get("evidence", ())]:
        return "；".join(derived)
    by = tie.get("imposed_by")
    imposed = wording.translate(lang)(_("{reason}（由{by}指定回避）"))
    return imposed.format(reason=tie["reason"], by=by) if by else str(tie["reason"])


def _least(whole: int, share: list[int]) -> int:
    """The least number that reaches a share of a whole, as the count reads it."""
    part, parts = share
    return -(-whole * part // parts)


def _points(record: dict[str, Any], lang: str) -> tuple[str, ...]:
    say = wording.translate(lang)
    met, missed = say(_("符合")), say(_("不符合"))
    return tuple(
        f"{wording.name(Hurdle(gate['key']), lang)}：{met if gate['passed'] else missed}（{gate['source']}）"
        for gate in record["gates"]
    )


def _limits(record: dict[str, Any], lang: str) -> tuple[Limit, ...]:
    return tuple(
        Limit(
            wording.name(Scope(room["scope"]), lang),
            room["cap"],
            room["used"] + room["reserved"],
            room["used"] + room["reserved_after"],
        )
        for room in record["limits"]
        if room["asked"]
    )


def _terms(record: dict[str, Any]) -> Terms | None:
    """What was granted, or None when nothing was."""
    case = record["case"]
    if record["until"] is None:
        return None
    until = date.fromisoformat(record["until"])
    return Terms(
        Support(case["support"]), record["guarantor"]["name"], case["line"], case["months"], case["fee"], until
    )
