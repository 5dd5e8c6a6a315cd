"""What the platform does by itself: work off the outbox, and the daily run; both safe to run twice."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import Any, cast

import structlog
from sqlalchemy import CursorResult, delete

from financing import desk, outbox
from financing.access import SYSTEM
from financing.bridge import alerts as bridge
from financing.bulletins import delivering
from financing.bulletins import service as bulletins
from financing.cadence import service as dispatch
from financing.commitments import service as commitments
from financing.compensation import breaker, deciding, late, recovery, recovery_late, review
from financing.conduct import cases as conduct
from financing.conduct import checks, detection, reports
from financing.contests import service as contests
from financing.credit import pool, watch
from financing.db import Database
from financing.desk import BEIJING, Desk
from financing.emergencies import service as emergencies
from financing.figures import publication, stands, statistics
from financing.forums import inviting
from financing.guarantees import deferrals, delegated
from financing.helping import ladder as help_ladder
from financing.helping import requests as help_requests
from financing.helping import surveys
from financing.hygiene import service as hygiene
from financing.incidents import service as incidents
from financing.leading import DailyRun, leading, ran
from financing.loans import renewal
from financing.needs import behalf, lateness
from financing.notices import service as notices
from financing.offers import asks, claims, opening, releases, silence
from financing.office import draws
from financing.once import FormOnce
from financing.outbox import Outgoing
from financing.papers import versions
from financing.parameters import figure
from financing.people import dormant
from financing.people.unfinished_model import Unfinished
from financing.personal import objections, retention
from financing.policies import alerts as windows
from financing.policies import service as policies
from financing.quality import service as quality
from financing.register import service as register
from financing.upsert import put_if_absent
from financing.watch import late as watch_late
from financing.watch import plan as watch_plan
from financing.watch import service as warnings
from web.grouped import AT_ONCE
from web.grouped import all_of as _all
from web.grouped import each as _each

log = structlog.get_logger(__name__)


HANDLERS: dict[str, Callable[[Desk, str, dict[str, Any]], object]] = {
    "notice": notices.deliver,
    "bulletin": delivering.pack,
    # A year has become known, or a day has changed: deadlines are counted again, at once and not with the next day.
    "calendar_changed": lambda here, _once, _payload: lateness.recount_all(here),
    "conduct": conduct.deliver,
    emergencies.ENDS: emergencies.end_in_time,
    incidents.LATE: incidents.remind_in_time,
    "open_offers": lambda here, _once, payload: opening.open_all(here, payload["need"]),
}
#: A bank's tries of what is forbidden are heeded wherever the platform runs.
assert detection.heed in desk.AFTERMATH  # noqa: S101  loaded above
#: How long an answered form is remembered (I-17: 24 hours at least).
FORMS_KEPT = timedelta(days=30)


def work_off(database: Database, now: datetime, most: int = 500) -> int:
    """Do what is due in the outbox; how many were done."""
    done = 0
    while done < most and (some := _some(database, now, min(AT_ONCE, most - done))):
        done += some
    return done


def _some(database: Database, now: datetime, most: int) -> int:
    """Take what is due next in one transaction: as many notices as come one after the other, or one thing of another kind.

    When that fails the first goes alone, so that its failure is written on its own row.
    """
    try:
        with desk.opened(database, SYSTEM, now) as here:
            rows = outbox.take(here.session, now, most)
            some = list(takewhile(lambda row: row.kind == "notice", rows))
            if len(some) < 2:
                some = rows[:1]
                for row in some:
                    _do(here, row)
                return len(some)
            notices.deliver_all(here, [(row.once, row.payload) for row in some])
            for row in some:
                outbox.done(row, now)
            return len(some)
    except Exception:
        if most == 1:
            raise
        return _some(database, now, 1)


def _do(here: Desk, row: Outgoing) -> None:
    """Do one row; a failure leaves no line in the journal, is recorded on the row and tried again later."""
    key, kind, lines = row.id, row.kind, len(here.lines)
    try:
        with here.session.begin_nested():
            HANDLERS[kind](here, row.once, row.payload)
    except Exception as error:  # noqa: BLE001  whatever went wrong must be seen on the row, not end the worker
        del here.lines[lines:]
        log.warning("outbox.failed", row=key, kind=kind, why=type(error).__name__)
        outbox.failed(row, here.now, type(error).__name__)
    else:
        outbox.done(row, here.now)


def run_daily(database: Database, now: datetime) -> dict[str, int]:
    """Everything that a new day asks for; what was done, by name and count."""
    with desk.opened(database, SYSTEM, now) as here:
        swept = _swept(here, now)
    with desk.opened(database, SYSTEM, now) as here:
        swept["延期逾期 | overdue deferrals"] = deferrals.remind(here)
    with desk.opened(database, SYSTEM, now) as here:
        swept["回执提醒 | sessions reminded"] = inviting.remind(here)
        swept["履约跟踪 | banks asked"] = commitments.follow_up(here)
    swept["授权审批生效 | small cases in force"] = _take_effect(database, now)
    swept["认领到期 | claims lapsed"] = _each(database, now, "claims", claims.due, claims.lapse)
    swept["补充事项到期 | questions over"] = _each(database, now, "items", asks.waiting, asks.look_at)
    swept["放行请求终止 | releases over"] = _each(database, now, "releases", releases.waiting, releases.look_at)
    swept["逐级提醒 | late steps told"] = _each(database, now, "late", lateness.waiting, lateness.look_at)
    swept["暂定时限重算 | deadlines counted again"] = _each(database, now, "recount", lateness.moved, lateness.recount)
    swept["容缺材料逾期 | promises broken"] = _each(
        database, now, "promises", lateness.promised, lateness.look_at_promises
    )
    swept["材料到期提醒 | papers expiring"] = _each(database, now, "expiry", versions.expiring, versions.remind)
    swept["逾期未答复 | silent banks"] = _each(database, now, "silence", silence.waiting, silence.look_at)
    swept["复议逾期 | second looks late"] = _each(database, now, "contests", contests.waiting, contests.look_at)
    swept["统一开启报价 | offers opened"] = _each(database, now, "offers", opening.due, opening.open_all)
    swept["培育池重新评分 | scored again"] = _each(database, now, "pool", pool.below, pool.score_again)
    swept["代填期满 | typed needs stand"] = _each(database, now, "behalf", behalf.over, behalf.lapse)
    swept["资料存疑 | doubts raised"] = _each(database, now, "watch", watch.watched, watch.look_over)
    swept["沉寂需求终止 | silent needs closed"] = _each(database, now, "life", hygiene.unanswered, hygiene.look_at)
    swept["沉寂需求询问 | silent needs asked"] = _each(database, now, "silent", hygiene.silent, hygiene.ask)
    swept["数据质量问题 | data findings"] = _each(database, now, "quality", quality.batches, quality.look_over)
    swept["回访抽取 | calls drawn"] = _each(database, now, "calls", draws.undrawn, draws.draw)
    swept |= _of_conduct(database, now) | _of_claims(database, now) | _watched(database, now)
    with desk.opened(database, SYSTEM, now) as here:
        swept["政策指标越线或恢复 | alarms of ratios"] = register.watch(here)
        swept["公布统计数字 | figures published"] = publication.publish(here)
    swept["定期统计 | periodic statistics"] = _each(database, now, "statistics", statistics.due, statistics.make)
    swept |= _lent(database, now) | _helped(database, now) | _cadence(database, now)
    swept["通知 | notices"] = work_off(database, now)
    database.learn()
    return swept


def _of_conduct(database: Database, now: datetime) -> dict[str, int]:
    """The conduct of banks: the question after pay-outs, reports whose lot has come, what was added, what is late."""
    return {
        "放款后询问 | firms asked": _each(database, now, "checks", checks.due, checks.ask, at_once=AT_ONCE),
        "放款后回答 | answers looked at": _each(database, now, "answers", checks.unseen, checks.look_at),
        "行为核查登记 | conduct cases": _each(database, now, "reports", reports.pending, reports.register),
        "行为核查补充 | words heard": _each(database, now, "words", reports.unheard, reports.hear),
        "行为核查逾期 | conduct late": _each(database, now, "conduct", conduct.waiting, conduct.look_at),
    }


def _of_claims(database: Database, now: datetime) -> dict[str, int]:
    """What a new day means for claims of banks, and for the banks themselves."""
    runs = {
        "代偿答复期满 | claims decided for good": (deciding.unanswered, deciding.lapse),
        "代偿逾期提醒 | late claims told": (late.waiting, late.look_at),
        "代偿容缺材料 | papers of claims owed": (late.promised, late.remind),
        "银行代偿率 | rates of banks": (breaker.waiting, breaker.look_at),
        "追偿立案 | recoveries opened": (recovery.waiting, recovery.open_for),
        "代偿复盘立案 | reviews opened": (review.waiting, review.open_for),
        "追偿逾期提醒 | late recoveries told": (recovery_late.waiting, recovery_late.look_at),
        "追偿时效提醒 | periods of recovery": (recovery_late.ending, recovery_late.warn),
    }
    return {name: _each(database, now, name, due, do) for name, (due, do) in runs.items()}


def _lent(database: Database, now: datetime) -> dict[str, int]:
    """Loans that end soon, and money of the bridge fund that is not back."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        nearing = renewal.waiting(here)
    return {
        "政策到期 | policies over": _each(database, now, "policies", policies.expired, policies.expire),
        "申报窗口提醒 | windows told": _each(database, now, "windows", windows.closing, windows.look_at),
        "贷款到期提醒 | maturities told": _all(database, now, "renewal", nearing, renewal.call),
        "转贷逾期提醒 | bridge money late": _each(database, now, "bridge", bridge.overdue, bridge.look_at),
    }


def _helped(database: Database, now: datetime) -> dict[str, int]:
    """The survey of the year, answers that the firm has not closed, and what is late in helping firms."""
    runs = {
        "年度调查开始 | surveys opened": (surveys.due, surveys.open_),
        "年度调查提醒 | firms asked": (surveys.waiting, surveys.remind),
        "诉求办结提醒 | firms reminded": (help_requests.unclosed, help_requests.remind),
        "异议逾期 | objections late": (objections.waiting, objections.look_at),
        "帮扶逾期提醒 | late help told": (help_ladder.waiting, help_ladder.look_at),
    }
    return {name: _each(database, now, name, due, do) for name, (due, do) in runs.items()}


def _cadence(database: Database, now: datetime) -> dict[str, int]:
    """Meetings whose day has come, after everything that is late has been told; issues to be drafted, after figures are out."""
    return {
        "召集调度会 | meetings convened": _each(database, now, "dispatch", dispatch.due, dispatch.convene),
        "起草手机报 | bulletins drafted": _each(database, now, "bulletin", bulletins.due, bulletins.draft),
    }


def _swept(here: Desk, now: datetime) -> dict[str, int]:
    """Drop what has served its time; accounts that nobody uses are put to sleep."""
    return {
        "个人信息到期清除 | personal data erased": retention.run(here),
        "表单记录 | form records": _sweep(here, FormOnce, FormOnce.at < now - FORMS_KEPT),
        "未填完的表单 | unfinished forms": _sweep(here, Unfinished, Unfinished.saved_at < now - _unfinished(here)),
        "已发事项 | outbox rows": _sweep(here, Outgoing, Outgoing.done_at < now - FORMS_KEPT),
        "统计结果 | figures kept": stands.sweep(here),
        "账号休眠 | accounts put to sleep": sum(dormant.put_to_sleep(here, key) for key in dormant.due(here)),
    }


def _unfinished(here: Desk) -> timedelta:
    """How long a form nobody went on with is kept."""
    return timedelta(days=figure("unfinished_days", here.today).value)


def _watched(database: Database, now: datetime) -> dict[str, int]:
    """Guarantees in force, all read once; what is found of some sets their class, and with it the day of the next check."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        found, unplanned = warnings.due(here), watch_plan.due(here)
    warned = _all(database, now, "warnings", found, warnings.look_over)
    dated = _all(database, now, "checks", sorted({*found, *unplanned}), watch_plan.look_at)
    with desk.opened(database, SYSTEM, now, write=False) as here:
        late = watch_late.waiting(here)
    told = _all(database, now, "late checks", late, watch_late.look_at)
    return {
        "风险预警 | warnings raised": warned,
        "保后检查计划 | checks dated": dated,
        "保后逾期提醒 | late checks told": told,
    }


def _take_effect(database: Database, now: datetime) -> int:
    """Decisions of two officers that nobody has called in, each in a transaction of its own."""
    with desk.opened(database, SYSTEM, now, write=False) as here:
        keys = delegated.due(here)
    done = 0
    for key in keys:
        with desk.opened(database, SYSTEM, now) as here:
            done += delegated.take_effect(here, key)
    return done


def look(database: Database, now: datetime, last: date) -> tuple[date, int]:
    """What a process does between requests: the outbox, and the daily run when a day has begun in Beijing since `last` and nobody ran it.

    The day up to which everything is run, and how much of the outbox was done. Any number of processes may look at once: what waits in the
    outbox is taken by one of them, the rest is done by the one that leads.
    """
    today = now.astimezone(BEIJING).date()
    with leading(database) as first:
        if first and today > last and not _ran(database, now, today):
            run_daily(database, now)
            _note_run(database, now, today)
        elif first:
            _each(database, now, "claims", claims.due, claims.lapse)
            _each(database, now, "offers", opening.due, opening.open_all)
            _each(database, now, "help", help_ladder.unsigned, help_ladder.look_at)
    done = work_off(database, now)
    return (today if first or _ran(database, now, today) else last), done


def _ran(database: Database, now: datetime, day: date) -> bool:
    with desk.opened(database, SYSTEM, now, write=False) as here:
        return ran(here.session, day)


def _note_run(database: Database, now: datetime, day: date) -> None:
    with desk.opened(database, SYSTEM, now) as here:
        put_if_absent(here.session, DailyRun, day=day, done_at=now)


def _sweep(here: Desk, kind: Any, old: Any) -> int:
    return cast("CursorResult[Any]", here.session.execute(delete(kind).where(old))).rowcount
