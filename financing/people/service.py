"""What people do about their accounts: invite, join, sign in, disable; what becomes of a session stands in `sessions`."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from financing.access import BANK, FIRM, SYSTEM, Role, require
from financing.acts import Act
from financing.desk import Desk
from financing.form_refusals import FirmHasAccount, FirmHeld
from financing.once import digest
from financing.parameters import figure
from financing.people import alerts, factors, leaked, passwords, rules, sessions, tries
from financing.people.model import Invitation, LoginSession, User
from financing.refusals import InvitationOver, LoginTaken, NoOwner, NotFound, WeakPassword, WrongSignIn
from financing.roles import Remit
from financing.sign_refusals import Asleep, HeldTogether, InvitationWaits, RemitMissing

Desks = Callable[[], AbstractContextManager[Desk]]


def invite(
    desk: Desk, role: Role, name: str, firm_id: int | None = None, bank_id: int | None = None,
    within: timedelta = rules.INVITED_FOR, remit: Remit | None = None,
) -> str:  # fmt: skip
    """Make a one-time code for a person; it is shown once and stored as a hash.

    Into a role that decides somebody else confirms it before it serves; whoever invites from the command line holds the machine.
    """
    require(desk.actor, Act.INVITE, desk.actor)
    owner = "firm_id" if role in FIRM and firm_id is None else "bank_id" if role in BANK and bank_id is None else ""
    if owner:
        raise NoOwner(field=owner)
    if role is Role.ADMIN and remit is None and desk.actor.role is not Role.SYSTEM:
        raise RemitMissing(field="remit")
    _apart(desk, role, name, remit)
    code = secrets.token_urlsafe(24)
    invitation = desk.add(
        Invitation(code_hash=digest(code), role=role, name=name, firm_id=firm_id, bank_id=bank_id,
                   invited_by=desk.actor.id, until=desk.now + within, remit=remit,
                   by_two=role in rules.BY_TWO and desk.actor.role is not Role.SYSTEM)
    )  # fmt: skip
    desk.note(Act.INVITE, invitation, role=role)
    return code


def invitation(desk: Desk, code: str) -> Invitation:
    """The open invitation of a code; one answer for unknown, used and expired codes."""
    found = _all_seeing(desk).find(Invitation, Invitation.code_hash == digest(code))
    if found is None or found.used_at is not None or found.until <= desk.now:
        raise InvitationOver(field="invitation")
    if found.by_two and found.confirmed_by is None:
        raise InvitationWaits(field="invitation")
    return found


def _apart(desk: Desk, role: Role, name: str, remit: Remit | None) -> None:
    """HeldTogether when a person of this name has another of the three: running, accounts, auditing (三员分立)."""
    if role not in rules.THREE:
        return
    theirs = _all_seeing(desk).all(User, User.name == name, User.active.is_(True), User.role.in_(rules.THREE))
    if held := next((user for user in theirs if (user.role, user.remit) != (role, remit)), None):
        raise HeldTogether(who=name, held=held.remit or held.role)


def confirm_invitation(desk: Desk, invitation: Invitation) -> None:
    """A second administrator agrees that this person is given this role; NotAllowed for who invited."""
    _open(desk, invitation)
    require(desk.actor, Act.CONFIRM_INVITE, invitation)
    invitation.confirmed_by = desk.actor.id
    desk.note(Act.CONFIRM_INVITE, invitation, role=invitation.role)


def withdraw_invitation(desk: Desk, invitation: Invitation) -> None:
    """The code ends at once."""
    _open(desk, invitation)
    invitation.until = desk.now
    desk.note(Act.WITHDRAW_INVITE, invitation, role=invitation.role)


def _open(desk: Desk, invitation: Invitation) -> None:
    if invitation.used_at is not None or invitation.until <= desk.now:
        raise InvitationOver


def has_account(desk: Desk, firm_id: int) -> bool:
    """Whether anybody signs in for a firm."""
    return _all_seeing(desk).find(User, User.firm_id == firm_id, User.active.is_(True)) is not None


def invite_firm(desk: Desk, firm_id: int, name: str) -> str:
    """A one-time code by which a firm that the office brought in claims its file (认领); FirmHasAccount.

    An officer hands it over in person or to the registered address. The codes given before it end.
    """
    if has_account(desk, firm_id):
        raise FirmHasAccount
    for earlier in _all_seeing(desk).all(Invitation, Invitation.firm_id == firm_id, Invitation.used_at.is_(None)):
        earlier.until = min(earlier.until, desk.now)
    code = secrets.token_urlsafe(24)
    invitation = desk.add(
        Invitation(code_hash=digest(code), role=Role.SIGNATORY, name=name, firm_id=firm_id, bank_id=None,
                   invited_by=desk.actor.id, until=desk.now + rules.INVITED_FOR)
    )  # fmt: skip
    desk.note(Act.INVITE_FIRM, invitation)
    return code


def join(desk: Desk, code: str, login: str, password: str) -> User:
    """Turn an invitation into an account; a code serves once."""
    invited = invitation(desk, code)
    invited.used_at = desk.now
    _apart(desk, invited.role, invited.name, invited.remit)
    return enrol(
        desk, invited.role, invited.name, login, password, invited.firm_id, invited.bank_id, remit=invited.remit
    )


def open_account(desk: Desk, name: str, login: str, password: str) -> User:
    """Open an account for whoever is going to register a firm (开立账号); until then it sees nothing but its own form."""
    return enrol(desk, Role.SIGNATORY, name, login, password, act=Act.OPEN_ACCOUNT)


def stands_for(desk: Desk, firm_id: int) -> None:
    """The account at the desk signs for the firm it has just registered; FirmHeld when it signs for one already."""
    user = _all_seeing(desk).get(User, desk.actor.id, lock=True)
    if user.firm_id is not None:
        raise FirmHeld
    user.firm_id = firm_id


def enrol(
    desk: Desk, role: Role, name: str, login: str, password: str, firm_id: int | None = None, bank_id: int | None = None,
    act: Act = Act.JOIN, remit: Remit | None = None,
) -> User:  # fmt: skip
    """Open an account with a password of its own choosing (WeakPassword, LoginTaken)."""
    login = login.lower()
    require_strong(desk, password, login, role)
    if _all_seeing(desk).find(User, User.login == login) is not None:
        raise LoginTaken(field="login")
    user = desk.add(
        User(login=login, name=name, role=role, password_hash=passwords.hashed(password), firm_id=firm_id, bank_id=bank_id,
             joined_at=desk.now, remit=remit)
    )  # fmt: skip
    desk.session.flush()
    desk.note(act, user, role=role)
    return user


def require_strong(desk: Desk, password: str, login: str, role: Role, field: str = "password") -> None:
    """WeakPassword, with the reason, for what is short, common or, where the zone asks for it, of too few kinds of characters."""
    firm, mixed = role in FIRM, bool(figure("password_mixed", desk.today).value)
    if (reason := rules.weakness(password, login, firm=firm, mixed=mixed)) is not None:
        raise WeakPassword(field=field, reason=reason, least=rules.shortest(firm=firm))
    if leaked.known(desk.session.info.get("leaked", ""), password):
        raise WeakPassword(field=field, reason=rules.Weakness.LEAKED, least=rules.shortest(firm=firm))


def sign_in(
    desks: Desks, login: str, password: str, address: str, *, agent: str = "", strict: bool = True, former: str = ""
) -> str:
    """A new session's token for the right password; the same words and time for a wrong one and an unknown account.

    Two transactions with the slow comparison between them: the try is counted even when the answer is no, and nobody
    waits for the database while a password is checked. Whoever has a second factor, or needs one where the deployment is
    `strict`, has a session that waits for it. Errors: TooManyTries, WrongSignIn, and with the right password Asleep.
    """
    login = login.lower()
    with desks() as desk:
        user = _all_seeing(desk).find(User, User.login == login)
        counter = tries.count(desk, login, address, known=_known(desk, user, address))
    fits = passwords.fits(user.password_hash if user else passwords.nobody(), password)
    if user is None or not fits or not user.active:
        raise WrongSignIn(user.id if user else 0)
    with desks() as desk:
        user = _all_seeing(desk).get(User, user.id, lock=True)
        if not user.active:
            raise WrongSignIn(user.id)
        if user.slept_at is not None:
            raise Asleep
        alerts.unusual(desk, user, agent, counter)
        tries.forgive(desk, counter)
        _let_in(desk, user, password)
        return sessions.begin(desk, user, address, agent, factors.waits(desk, user, strict=strict), former)


def _known(desk: Desk, user: User | None, address: str) -> bool:
    """Whether the person has signed in from this address lately: strangers then cannot keep them out (F-29)."""
    if user is None:
        return False
    lately = LoginSession.started_at > desk.now - rules.KNOWN_FOR
    here = LoginSession.address == digest(address)
    return _all_seeing(desk).find(LoginSession, LoginSession.user_id == user.id, here, lately) is not None


def _let_in(desk: Desk, user: User, password: str) -> None:
    if passwords.stale(user.password_hash):
        user.password_hash = passwords.hashed(password)
    user.used_at = desk.now
    desk.note(Act.SIGN_IN, user)


def me(desk: Desk, *, lock: bool = False) -> User:
    """The account of the person at the desk."""
    return _all_seeing(desk).get(User, desk.actor.id, lock=lock)


def disable(desk: Desk, user: User) -> None:
    """Close an account; its sessions end at once (F-43)."""
    if user.id == desk.actor.id:
        raise NotFound(kind="User")
    user.active = False
    sessions.end(desk, user.id)
    desk.note(Act.DISABLE_USER, user)


def _all_seeing(desk: Desk) -> Desk:
    """The same desk with the platform's own eyes: accounts are read before anybody is known."""
    return Desk(desk.session, SYSTEM, desk.now, desk.clue, desk.lines)
