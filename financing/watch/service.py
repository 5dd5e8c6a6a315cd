"""Early warnings (风险预警, F44): raised with their evidence, once for each occurrence, and closed with a reason, red ones by two people."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from financing import parameters
from financing.access import require
from financing.acts import Act
from financing.case_refusals import SamePerson
from financing.desk import Desk
from financing.journal import Private
from financing.letters.model import Guarantee
from financing.needs.model import Need
from financing.parties.identity import passage
from financing.watch import facts
from financing.watch.lent import LIVE, locked
from financing.watch.model import EarlyWarning
from financing.watch.rules import DEAL_WITHIN, Closing, Level, WarningState
from financing.watch.warning_rules import Facts, Finding, Rule, every_rule, found, rules


def raise_warning(
    desk: Desk, *, firm_id: int, guarantee_id: int | None, rule: str, evidence: Mapping[str, Any], found_on: date,
    mark: str = "",
) -> EarlyWarning | None:  # fmt: skip
    """Warn of something found (发出预警); nothing while one of the same rule and subject stands, or once this occurrence was warned of.

    `mark` tells one occurrence from another; left out, it is the evidence itself.
    """
    subject, published = guarantee_id or firm_id, every_rule()[rule]
    guarantee = desk.session.get(Guarantee, guarantee_id, with_for_update=True) if guarantee_id else None
    plain = {str(key): value for key, value in evidence.items()}
    mark = mark or hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:32]
    if _known(desk, subject, rule, mark):
        return None
    days = parameters.figure(DEAL_WITHIN[published.level], found_on).value
    made = desk.add(
        EarlyWarning(
            subject_id=subject, guarantee_id=guarantee_id, need_id=guarantee.need_id if guarantee else None, firm_id=firm_id,
            bank_id=guarantee.bank_id if guarantee else None, rule=rule, level=published.level, worsens=published.worsens,
            mark=mark, evidence=plain, source=published.source, found_on=found_on, due_on=desk.calendar.after(found_on, days).day,
        )
    )  # fmt: skip
    desk.session.flush()
    desk.note(Act.RAISE_WARNING, made, rule=rule, level=made.level, due=made.due_on, guarantee=guarantee_id)
    _tell(desk, Act.RAISE_WARNING, made, guarantee, "", officer(desk, made))
    if guarantee is not None:
        _tell(desk, Act.RAISE_WARNING, made, guarantee, "bank", {"bank": guarantee.bank_id})
    return made


def _known(desk: Desk, subject: int, rule: str, mark: str) -> bool:
    """Whether one stands, or this occurrence was warned of before."""
    of = (EarlyWarning.subject_id == subject, EarlyWarning.rule == rule)
    same = (EarlyWarning.state != WarningState.CLOSED) | (EarlyWarning.mark == mark)
    return desk.session.query(EarlyWarning.id).filter(*of, same).first() is not None


def due(desk: Desk) -> list[int]:
    """The guarantees in force of which a rule has something new to say."""
    told, today = _told(desk), rules(desk.today)
    return [key for key, (_one, known) in facts.gather(desk, *LIVE).items() if _news(today, key, known, told)]


def look_over(desk: Desk, keys: Sequence[int]) -> int:
    """Raise what the rules find of these guarantees now; how many warnings are new."""
    locked(desk, keys)
    told = _told(desk, keys)
    gathered = facts.gather(desk, Guarantee.id.in_(keys), *LIVE)
    today = rules(desk.today)
    news = [(one, *new) for key, (one, known) in gathered.items() for new in _news(today, key, known, told)]
    for held, rule, finding in news:
        raise_warning(
            desk, firm_id=held.firm_id, guarantee_id=held.id, rule=rule.key, evidence=finding.evidence, found_on=desk.today,
            mark=finding.mark,
        )  # fmt: skip
    return len(news)


def _told(desk: Desk, keys: Sequence[int] | None = None) -> set[tuple[int, str, str | None]]:
    """What was warned of: by subject, rule and mark; and of what stands, by subject and rule."""
    query = desk.select(EarlyWarning, EarlyWarning.subject_id, EarlyWarning.rule, EarlyWarning.mark, EarlyWarning.state)
    rows = desk.session.execute(query if keys is None else query.where(EarlyWarning.subject_id.in_(keys))).all()
    marks: set[tuple[int, str, str | None]] = {(subject, rule, mark) for subject, rule, mark, _state in rows}
    return marks | {(subject, rule, None) for subject, rule, _mark, state in rows if state is not WarningState.CLOSED}


def _news(
    today: Iterable[Rule], key: int, known: Facts, told: set[tuple[int, str, str | None]]
) -> list[tuple[Rule, Finding]]:
    """What the rules of today find and nobody was warned of."""
    pairs = [(rule, finding) for rule in today if (finding := found(rule, known)) is not None]
    return [
        (rule, one) for rule, one in pairs if not {(key, rule.key, None), (key, rule.key, one.mark)} & told
    ]  # fmt: skip


def close(desk: Desk, warning: EarlyWarning, closing: Closing, why: str) -> None:
    """Say why a warning is over (关闭预警); a red one then waits for a second person (提请关闭). WrongState when it is over already."""
    why = passage(why, "reason")
    act = Act.ASK_CLOSING if warning.level is Level.RED else Act.CLOSE_WARNING
    require(desk.actor, act, warning)
    desk.session.refresh(warning, with_for_update=True)
    desk.take(act, warning, rule=warning.rule, reason=closing, why=Private(why))
    warning.closing, warning.why = closing, why
    warning.proposed_by, warning.proposer, warning.answer = desk.actor.id, desk.actor.name, ""
    warning.closed_on = desk.today if act is Act.CLOSE_WARNING else None
    if act is Act.ASK_CLOSING:
        _tell(desk, act, warning, None, desk.now.isoformat(), {"role": "officer"})


def confirm(desk: Desk, warning: EarlyWarning) -> None:
    """A second person agrees that a red warning is over (同意关闭). SamePerson to whoever asked."""
    _second(desk, Act.CONFIRM_CLOSING, warning)
    warning.decided_by, warning.decider, warning.closed_on = desk.actor.id, desk.actor.name, desk.today
    _tell(desk, Act.CONFIRM_CLOSING, warning, None, "", {"user": warning.proposed_by})


def send_back(desk: Desk, warning: EarlyWarning, answer: str) -> None:
    """A second person does not agree (退回): the warning stands on, with its day. SamePerson."""
    answer = passage(answer, "reason")
    _second(desk, Act.RETURN_CLOSING, warning, answer=Private(answer))
    warning.answer = f"{desk.actor.name}：{answer}"
    _tell(desk, Act.RETURN_CLOSING, warning, None, desk.now.isoformat(), {"user": warning.proposed_by})


def _second(desk: Desk, act: Act, warning: EarlyWarning, **said: object) -> None:
    if desk.actor.id == warning.proposed_by:
        raise SamePerson(act=act)
    require(desk.actor, act, warning)
    desk.session.refresh(warning, with_for_update=True)
    desk.take(act, warning, rule=warning.rule, **said)


def officer(desk: Desk, warning: EarlyWarning) -> dict[str, Any]:
    """Who handles the need behind a warning; nobody does: every officer."""
    need = desk.session.get(Need, warning.need_id) if warning.need_id else None
    return {"user": need.officer_id} if need is not None and need.officer_id else {"role": "officer"}


def _tell(
    desk: Desk, act: Act, warning: EarlyWarning, guarantee: Guarantee | None, once: str, to: Mapping[str, Any]
) -> None:
    """Only the number of the guarantee goes out, never what was found."""
    behind = guarantee or (desk.session.get(Guarantee, warning.guarantee_id) if warning.guarantee_id else None)
    desk.later(
        "notice", f"{act}:{warning.id}:{once}", to=dict(to), code=act.value, subject=warning.id,
        number=behind.number if behind else "",
    )  # fmt: skip
