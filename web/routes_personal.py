"""Routes of personal data (个人信息), and who may call them."""

from __future__ import annotations

from financing.acts import Act
from web.doors import ADMIN, AUDITOR, EVERYONE, FIRM, LEADER, OFFICER, SIGNATORY, SIGNED_IN, Roles, acts

PERSONAL: dict[str, Roles] = {
    "personal.register": EVERYONE,
    "personal.mine": FIRM,
    **dict.fromkeys(("personal.account", "erasure.show"), SIGNED_IN),
    "erasures": OFFICER | ADMIN | AUDITOR,
    **acts(Act.TAKE_OWN, Act.TAKE_ACCOUNT, Act.ASK_ERASURE, Act.ASK_LEAVING),
    **acts(Act.ERASE, Act.HOLD_ERASURE, Act.WITHDRAW_ERASURE),
    "objections": OFFICER | LEADER | AUDITOR,
    "objection.form": SIGNATORY,
    "objection.show": FIRM | OFFICER | LEADER | AUDITOR,
    **acts(Act.RAISE_OBJECTION, Act.UPHOLD_OBJECTION, Act.REFUSE_OBJECTION, Act.WITHDRAW_OBJECTION),
    **dict.fromkeys(("impacts", "impact.show"), OFFICER | ADMIN | LEADER | AUDITOR),
    "impact.form": OFFICER | ADMIN,
    Act.FILE_IMPACT: OFFICER | ADMIN,
    # separate consents
    "permit.form": SIGNATORY,
    **acts(Act.GIVE_PERMIT, Act.END_PERMIT),
    # incidents with personal data
    "incidents": OFFICER | ADMIN | LEADER | AUDITOR,
    "incident.show": SIGNED_IN,
    **dict.fromkeys(("incident.form", "incident.edit.form"), OFFICER | ADMIN),
    "incident.paper": OFFICER | ADMIN | LEADER | AUDITOR,
    **acts(Act.RECORD_INCIDENT, Act.EDIT_INCIDENT, Act.DRAW_PARTIES, Act.LEAVE_OUT_PARTY),
    **acts(Act.TELL_PARTIES, Act.REPORT_INCIDENT, Act.CLOSE_INCIDENT),
}
