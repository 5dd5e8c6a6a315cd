"""What people do with a claim and with what comes back after it, each by the service of the product, and what must have come of it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from financing.compensation import deciding, files, payables, paying, recovery, service
from financing.compensation.deciding import Examined
from financing.compensation.model import CompensationClaim, CompensationDecision, CompensationPart
from financing.compensation.recovery import Done
from financing.compensation.recovery_model import RecoveryCase, RecoveryShare
from financing.compensation.recovery_rules import ShareState, Step
from financing.compensation.rules import Deducted, Lapse, Outcome, PartState, Pause, Reason
from financing.compensation.service import Lodging
from financing.letters import entries
from financing.letters.model import EntryProposal, Guarantee
from financing.money import Fen
from tests.financing.compensation.conftest import BANKS
from tests.financing.letters.conftest import filed
from tests.financing.year.claimed import Claim, Recovery, claimable
from tests.financing.year.days import DAY
from tests.financing.year.expected import Expected

if TYPE_CHECKING:
    from tests.financing.year.walk import Walk


def puts(walk: Walk, x: Expected) -> None:
    """The bank puts everything into the file that is its own to bring."""
    with walk.at(walk.banker(x)) as desk:
        for item in BANKS:
            files.put(desk, desk.get(Guarantee, x.key), item, dated=desk.today, note="扫描件", filed=filed())


def lodges(walk: Walk, x: Expected, amount: int, settled: int = 0) -> Claim:
    with walk.at(walk.banker(x)) as desk:
        said = Lodging(Fen(amount), Fen.yuan(2_000), None, "6222 0000 赣江银行", "借款人停产，逾期未还")
        made = service.lodge(desk, desk.get(Guarantee, x.key), said)
    assert made.days_past_due == (walk.today - (x.owed.late_since(walk.today) or walk.today)).days
    assert made.most.fen == claimable(x, settled)
    claim = Claim(walk.days, made.id, x, amount, walk.today, settled)
    walk.claims[made.id] = claim
    return claim


def halts(walk: Walk, claim: Claim) -> None:
    with walk.at(walk.zone.officer) as desk:
        service.halt(desk, desk.get(CompensationClaim, claim.key), Pause.ITEM, "请补充七月以后的催收记录")
    claim.turns("waiting", walk.today)


def resumes(walk: Walk, claim: Claim) -> None:
    with walk.at(walk.banker(claim.x)) as desk:
        service.resume(desk, desk.get(CompensationClaim, claim.key))
    claim.turns("examining", walk.today)


def withdraws(walk: Walk, claim: Claim) -> None:
    with walk.at(walk.banker(claim.x)) as desk:
        service.withdraw(desk, desk.get(CompensationClaim, claim.key))
    claim.turns("withdrawn", walk.today)


def examined(
    walk: Walk, claim: Claim, outcome: Outcome, cuts: tuple[int, ...] = (), reason: Reason | None = None
) -> int:
    """An officer puts a decision forward; its key."""
    lost = tuple(Deducted(Lapse.CHECK, Fen(2 * one), Fen(one), "七月以后没有贷后检查记录") for one in cuts)
    with walk.at(walk.zone.officer) as desk:
        said = Examined(outcome, "材料已核对", lost, reason)
        made = deciding.propose(desk, desk.get(CompensationClaim, claim.key), said).id
    claim.turns("final" if claim.state == "objected" else "proposed", walk.today)
    return made


def decided(walk: Walk, claim: Claim, decision: int, outcome: Outcome, cut: int) -> None:
    """The chair confirms it; before it is final the bank may answer anything less than the whole."""
    with walk.at(walk.zone.chair) as desk:
        deciding.confirm(desk, desk.get(CompensationDecision, decision))
    final = claim.state == "final"
    claim.cut, claim.approved = cut, claim.claimed - cut
    less = "reduced" if outcome is Outcome.REDUCE else "denied"
    over = "refused" if outcome is Outcome.REFUSE else "payable"
    claim.turns(over if final or outcome is Outcome.GRANT else less, walk.today)


def accepts(walk: Walk, claim: Claim) -> None:
    with walk.at(walk.banker(claim.x)) as desk:
        deciding.accept(desk, desk.get(CompensationClaim, claim.key))
    claim.turns("payable" if claim.state == "reduced" else "refused", walk.today)


def objects(walk: Walk, claim: Claim) -> None:
    with walk.at(walk.banker(claim.x)) as desk:
        deciding.object_to(desk, desk.get(CompensationClaim, claim.key), "检查记录见附件", filed())
    claim.turns("objected", walk.today)


def pays(walk: Walk, claim: Claim) -> int:
    """What the firm has repaid meanwhile is not paid any more; the key of what waits for the chair."""
    with walk.at(walk.zone.officer) as desk:
        paying.pay(desk, desk.get(CompensationClaim, claim.key), on=desk.today, filed=filed())
        waits = desk.get(CompensationClaim, claim.key).proposal_id
    now = min(claim.approved, claimable(claim.x, claim.settled))
    claim.repaid, claim.approved = claim.repaid + claim.approved - now, now
    claim.turns("paying", walk.today)
    assert waits is not None
    return waits


def books(walk: Walk, claim: Claim, waits: int, *, down: bool = False) -> None:
    """The chair confirms the payment, which opens a recovery and moves the rate of the bank; or does not find the proof clear."""
    with walk.at(walk.zone.chair) as desk:
        proposal = desk.get(EntryProposal, waits)
        on = proposal.on
        if down:
            entries.turn_down(desk, proposal, "回单不清")
        else:
            entries.confirm(desk, proposal)
    claim.turns("payable" if down else "paid", walk.today)
    if down:
        return
    claim.x.compensated(on, claim.approved)
    walk.banks.paid(claim.x.bank, list(walk.expected.values()), walk.today)
    with walk.at(walk.zone.officer) as desk:
        case = desk.find(RecoveryCase, RecoveryCase.guarantee_id == claim.x.key)
    assert case is not None
    walk.recoveries[case.id] = Recovery(walk.days, case.id, claim.x, walk.today)


def parts_asked(walk: Walk, x: Expected) -> None:
    """The parts of the re-guarantor and of the national fund are claimed."""
    with walk.at(walk.zone.officer) as desk:
        for part in desk.all(
            CompensationPart, CompensationPart.guarantee_id == x.key, CompensationPart.state == PartState.OWED
        ):
            paying.ask(desk, part)


def parts_received(walk: Walk, x: Expected) -> None:
    with walk.at(walk.zone.fund) as desk:
        for part in desk.all(
            CompensationPart, CompensationPart.guarantee_id == x.key, CompensationPart.state == PartState.ASKED
        ):
            paying.receive(desk, part, on=desk.today, filed=filed())


def demands(walk: Walk, case: Recovery, cost: int, within: int) -> None:
    """A letter that arrived, what it cost, and what is next by when."""
    due = walk.today + within * DAY
    with walk.at(walk.zone.officer) as desk:
        done = Done(Step.DEMAND, desk.today, "已送达", Fen(cost), Step.SUE, due, "准备起诉材料", filed())
        recovery.record(desk, desk.get(RecoveryCase, case.key), done)
    case.did(cost, due)


def shares_paid(walk: Walk, x: Expected) -> None:
    """Everybody gets what is theirs of what came back, by two people."""
    mine = RecoveryShare.guarantee_id == x.key
    with walk.at(walk.zone.officer) as desk:
        for share in desk.all(RecoveryShare, mine, RecoveryShare.state == ShareState.OWED):
            payables.order(desk, share, on=desk.today, filed=filed())
    with walk.at(walk.zone.fund) as desk:
        for share in desk.all(RecoveryShare, mine, RecoveryShare.state == ShareState.ORDERED):
            payables.pay(desk, share)


def over(walk: Walk, case: Recovery) -> None:
    with walk.at(walk.zone.officer) as desk:
        recovery.close(desk, desk.get(RecoveryCase, case.key), "已无可追偿")
    case.closed = walk.today
