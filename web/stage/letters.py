"""Letters on stage: minutes and letters of intent after a meeting, letters of guarantee once offers are chosen, first repayments."""

from __future__ import annotations

import hashlib
from contextlib import ExitStack
from datetime import datetime

from financing.guarantees.change_rules import DocumentKind
from financing.guarantees.documents import Filed
from financing.guarantees.model import GuaranteeCase, Meeting
from financing.guarantees.rules import MeetingState
from financing.letters import checks, entries, papers, service
from financing.letters.model import Guarantee
from financing.letters.rules import Ground, GuaranteeType, LetterKind, missed
from financing.letters.service import Wording
from financing.money import Fen
from financing.offers.model import Offer
from financing.offers.rules import OfferState
from financing.papers import store
from web.stage.cast import HELPER
from web.stage.photo import PNG, photo
from web.stage.road import Stage


def after_meeting(stage: Stage, now: datetime) -> None:
    """Minutes of every sitting that is over and has none, and a letter to each firm."""
    with stage.desk(stage.cast.officer, now) as here:
        for meeting in here.all(Meeting, Meeting.state == MeetingState.CLOSED):
            if papers.standing_for(here, LetterKind.MINUTES, meeting.id) is not None:
                continue
            papers.minutes(here, meeting)
            for case in here.all(GuaranteeCase, GuaranteeCase.meeting_id == meeting.id, by=GuaranteeCase.number):
                papers.write(here, case, HELPER)


def letter(stage: Stage, now: datetime, need_id: int) -> int | None:
    """A letter for the offer a firm has chosen, by two people; None while something is still owed."""
    with ExitStack() as kept, stage.desk(stage.cast.officer, now) as here:
        offer = here.find(Offer, Offer.need_id == need_id, Offer.state == OfferState.ACCEPTED)
        case = here.find(GuaranteeCase, GuaranteeCase.need_id == need_id)
        if offer is None or case is None:
            return None
        owed = missed(checks.checks(here, case, offer, offer.amount))
        if set(owed) - {Ground.LICENCE_SCAN}:
            return None
        scans = [scan(stage, kept, 7)] if owed else []
        made = service.prepare(here, offer, Wording(offer.amount, here.today, GuaranteeType.JOINT), scans)
    with stage.desk(stage.cast.chair, now) as here:
        service.issue(here, here.get(Guarantee, made.id))
    return made.id


def repay(stage: Stage, now: datetime, key: int, part: int) -> None:
    """The firm has repaid one part in so many."""
    with stage.desk(stage.cast.officer, now) as here:
        guarantee = here.get(Guarantee, key)
        entries.repay(here, guarantee, on=here.today, amount=Fen(guarantee.amount.fen // part))


def scan(stage: Stage, kept: ExitStack, number: int) -> Filed:
    """A scanned paper, at first the guarantor's licence; its bytes lie in the store where there is one."""
    content = photo(number)
    sha256 = hashlib.sha256(content).hexdigest()
    stored = sha256 if stage.uploads is None else kept.enter_context(store.keeping(stage.uploads, content)).stored
    return Filed(DocumentKind.LICENCE, "融资担保业务经营许可证.png", PNG, len(content), sha256, stored)
