"""Acts that weigh more than others (C-17): whoever does one of them has proved who they are a few minutes ago at the most.

The one table of them; it is asked where acts are taken (`Desk`), so that no page can forget it. A bank's own system proves itself by its
key with every call and is never asked, nor is the platform itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from financing.acts import Act
from financing.parameters import figure
from financing.sign_refusals import FactorFirst, ProofNeeded

PROVED = frozenset({
    # consent of a firm, and the offer it binds itself to
    Act.GRANT_CONSENT, Act.GIVE_PERMIT, Act.ACCEPT_OFFER,
    # vote and seal
    Act.CAST_VOTE, Act.SEAL_CASE, Act.DECIDE_SMALL, Act.ISSUE_LETTER,
    # limits, terms, settings
    Act.PROPOSE_LIMIT, Act.ADOPT_TERMS, Act.ADOPT_SETTING, Act.ADOPT_AGREEMENT,
    # what overrides the usual way
    Act.JUMP_CASE, Act.IMPOSE_TIE,
    # reading in an emergency
    Act.ASK_EMERGENCY, Act.OPEN_EMERGENCY,
    # roles and accounts
    Act.INVITE, Act.CONFIRM_INVITE, Act.DISABLE_USER, Act.WAKE_USER, Act.RESET_FACTOR, Act.GIVE_RIGHT, Act.GIVE_KEY, Act.TAKE_KEY,
    Act.PROPOSE_HANDLER, Act.ADOPT_HANDLER,
    Act.LINK_IDENTITY, Act.CONFIRM_IDENTITY,
    # one's own sign-ins elsewhere
    Act.END_SIGN_IN,
    # one's own second factor
    Act.SET_FACTOR, Act.DROP_FACTOR, Act.RENEW_CODES, Act.ADD_PASSKEY, Act.DROP_PASSKEY,
    # what leaves
    Act.GIVE_SHEET, Act.PRINT_RETURN, Act.GIVE_LIST, Act.TAKE_OWN, Act.TAKE_ACCOUNT,
    # what cannot be brought back
    Act.ASK_ERASURE, Act.ASK_LEAVING, Act.ERASE,
})  # fmt: skip
#: What nobody does by a password alone, and the figure that says since when: a consent opens a firm to a bank (C-16).
FACTORED = {Act.GRANT_CONSENT: "second_factor_consent", Act.GIVE_PERMIT: "second_factor_permit"}
#: What leaves without a proof as long as it has few rows.
LISTS = frozenset({Act.GIVE_SHEET, Act.PRINT_RETURN})


def require_proof(
    act: Act,
    proved_at: datetime | None,
    now: datetime,
    today: date,
    facts: Mapping[str, object],
    *,
    factored: bool = True,
) -> None:
    """ProofNeeded when the act weighs more and the last proof is too old; None stands for whoever is never asked.

    FactorFirst where a password alone is not enough for the act, and the person has nothing else yet.
    """
    if proved_at is None or act not in PROVED or (act in LISTS and _short(facts, today)):
        return
    if not factored and act in FACTORED and figure(FACTORED[act], today).value == 1:
        raise FactorFirst(act=act)
    minutes = figure("proof_minutes", today).value
    if now - proved_at > timedelta(minutes=minutes):
        raise ProofNeeded(act=act, minutes=minutes)


def _short(facts: Mapping[str, object], today: date) -> bool:
    """A list of so few rows that it goes out without a proof."""
    rows = facts.get("rows", 0)
    return isinstance(rows, int) and rows <= figure("proof_list_rows", today).value
