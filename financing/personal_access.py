"""Who may do what about personal data (个人信息)."""

from __future__ import annotations

from collections.abc import Mapping

from financing.acts import Act
from financing.roles import EVERYONE, Who, guards, officer, own_firm, signatory, signed_in, system

its_asker = Who("who asked for it, or whom it is about", EVERYONE, lambda a, s: a.id in {s.asked_by, s.user_id})
not_its_maker = Who("another person than who objected", EVERYONE, lambda a, s: a.id != s.made_by)

PERSONAL: Mapping[Act, Who] = {
    **dict.fromkeys((Act.RAISE_OBJECTION, Act.WITHDRAW_OBJECTION), own_firm & signatory),
    **dict.fromkeys((Act.UPHOLD_OBJECTION, Act.REFUSE_OBJECTION), officer & not_its_maker),
    **dict.fromkeys((Act.REMIND_OBJECTION, Act.EXPIRE_PERSONAL, Act.ERASE_AGAIN), system),
    **dict.fromkeys((Act.TAKE_OWN, Act.ASK_ERASURE), own_firm & signatory),
    **dict.fromkeys((Act.TAKE_ACCOUNT, Act.ASK_LEAVING), signed_in),
    Act.WITHDRAW_ERASURE: signed_in & its_asker,
    **dict.fromkeys((Act.ERASE, Act.HOLD_ERASURE), officer | guards),
    **dict.fromkeys((Act.GIVE_PERMIT, Act.END_PERMIT), own_firm & signatory),
    **dict.fromkeys(
        (Act.FILE_IMPACT, Act.RECORD_INCIDENT, Act.EDIT_INCIDENT, Act.DRAW_PARTIES, Act.LEAVE_OUT_PARTY, Act.TELL_PARTIES,
         Act.REPORT_INCIDENT, Act.CLOSE_INCIDENT), officer | guards),
    Act.REMIND_INCIDENT: system,
}  # fmt: skip
