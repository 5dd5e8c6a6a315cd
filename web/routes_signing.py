"""Routes of signing in and of accounts, and who may call them."""

from __future__ import annotations

from financing.acts import Act
from web.doors import ADMIN, AUDITOR, EVERYONE, FIRM, SIGNED_IN, Roles, acts

SIGNING: dict[str, Roles] = {
    **dict.fromkeys(("sign_in", "join", "provider.begin", "provider.back"), EVERYONE),
    "identity.form": ADMIN,
    **acts(Act.LINK_IDENTITY, Act.UNLINK_IDENTITY, Act.CONFIRM_IDENTITY),
    **dict.fromkeys(
        ("account", "account.leave_all", "password.form", "second", "factor", "passkey.challenge"), SIGNED_IN
    ),
    **dict.fromkeys(("people.list", "people.invite.form"), ADMIN),
    **acts(Act.SIGN_IN, Act.SIGN_OUT, Act.INVITE, Act.JOIN, Act.DISABLE_USER),
    **acts(Act.PROVE, Act.SET_FACTOR, Act.DROP_FACTOR, Act.RENEW_CODES, Act.RESET_FACTOR),
    **acts(Act.CONFIRM_INVITE, Act.WITHDRAW_INVITE),
    **acts(Act.CHANGE_PASSWORD, Act.END_SIGN_IN, Act.WAKE_USER),
    **acts(Act.ADD_PASSKEY, Act.DROP_PASSKEY),
    **dict.fromkeys(("emergencies", "emergency.show"), ADMIN | AUDITOR | FIRM),
    "emergency.file": ADMIN,
    "contact.form": AUDITOR,
    Act.SHOW_CONTACT: AUDITOR,
    **acts(Act.ASK_EMERGENCY, Act.OPEN_EMERGENCY, Act.TURN_DOWN_EMERGENCY, Act.WITHDRAW_EMERGENCY),
    Act.END_EMERGENCY: ADMIN | AUDITOR,
    Act.LOOK_EMERGENCY: ADMIN,
}
