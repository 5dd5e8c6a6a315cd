"""Walls of sides (分边行级安全): on PostgreSQL a bank's transaction finds its own rows alone, whatever statement the code says (I-09, I-30).

Each desk says once in its transaction on which side it stands: the platform, the zone's staff, one firm, one bank. Only these words open rows: a setting
that was never made is NULL, one from an earlier transaction is '', a visitor stands on no side, and none of them finds anything. A dossier opens to a bank while a
match has brought it there and a consent of its firm is in force by the clock of the database. The owner of the tables is held too; a superuser is not.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from financing.refusals import Refusal
from financing.roles import BANK, FIRM, SYSTEM, VISITOR, Actor

SIDE = "yuanrong.side"
#: The sides that find every row.
OPEN = ("platform", "staff")
#: Tables of one bank and one firm each; the other bank finds none of it, nor does another firm.
OF_BANK_AND_FIRM = ("match", "consent", "consent_request", "offer", "decline", "viewing", "claim", "silence", "drawdown", "reversal")  # fmt: skip
#: What a bank keeps of itself: no firm finds it.
OF_BANK = ("offer_release", "appetite")
#: What belongs to a need: any bank that the need was proposed to, and its firm.
OF_NEED = ("need", "offer_opening")
SIDED = (*OF_BANK_AND_FIRM, *OF_BANK, *OF_NEED, "dossier")

WITHIN = """CREATE OR REPLACE FUNCTION wall_within(since timestamptz, until timestamptz) RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT since <= now() AND now() < until $$"""
_FUNCTIONS = (
    WITHIN,
    f"""CREATE OR REPLACE FUNCTION wall_open() RETURNS boolean LANGUAGE sql STABLE AS
  $$ SELECT current_setting('{SIDE}', true) IN {OPEN} $$""",
    *(
        f"""CREATE OR REPLACE FUNCTION wall_{kind}() RETURNS bigint LANGUAGE sql STABLE AS
  $$ SELECT substring(current_setting('{SIDE}', true) from '^{kind}:([0-9]+)$')::bigint $$"""  # noqa: S608  words of our own
        for kind in ("bank", "firm")
    ),
)
#: Asked once for a statement and not for each row.
_OPEN, _BANK, _FIRM = "(SELECT wall_open())", "(SELECT wall_bank())", "(SELECT wall_firm())"
#: What has come to the bank of this transaction, in any state.
_PROPOSED = "EXISTS (SELECT 1 FROM match m WHERE m.need_id = {need} AND m.bank_id = " + _BANK + "{more})"  # noqa: S608  words of our own
_AT_BANK = " AND m.state IN ('sent', 'offered', 'declined', 'chosen', 'passed_over')"
_CONSENTED = f"""EXISTS (SELECT 1 FROM consent c WHERE c.need_id = dossier.need_id AND c.bank_id = {_BANK}
  AND c.withdrawn_at IS NULL AND wall_within(c.valid_from, c.valid_until))"""  # noqa: S608  words of our own
_FINDS = {
    **dict.fromkeys(OF_BANK_AND_FIRM, f"bank_id = {_BANK} OR firm_id = {_FIRM}"),
    **dict.fromkeys(OF_BANK, f"bank_id = {_BANK}"),
    "need": f"firm_id = {_FIRM} OR " + _PROPOSED.format(need="need.id", more=""),
    "offer_opening": f"firm_id = {_FIRM} OR " + _PROPOSED.format(need="offer_opening.need_id", more=""),
    "dossier": f"firm_id = {_FIRM} OR ({_PROPOSED.format(need='dossier.need_id', more=_AT_BANK)} AND {_CONSENTED})",
}
SIDE_WALLS = [
    *_FUNCTIONS,
    *(
        statement
        for table, finds in _FINDS.items()
        for statement in (
            f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY",
            f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",
            f"DROP POLICY IF EXISTS side ON {table}",
            f"CREATE POLICY side ON {table} USING ({_OPEN} OR {finds}) WITH CHECK ({_OPEN} OR {finds})",
        )
    ),
]


def side_of(actor: Actor) -> str:
    """On which side somebody stands; the word for a visitor opens nothing."""
    if actor.role in BANK:
        return f"bank:{actor.bank_id or 0}"
    if actor.role in FIRM:
        return f"firm:{actor.firm_id or 0}"
    return {SYSTEM.role: "platform", VISITOR.role: "visitor"}.get(actor.role, "staff")


def stand(session: Session, actor: Actor) -> None:
    """Say for this transaction alone on which side it stands; SQLite, where one process holds the file, has no such walls."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.set_config(SIDE, side_of(actor), True)))


@contextmanager
def on_the_platforms_side(session: Session, actor: Actor) -> Iterator[None]:
    """For what is counted or moved for everybody within an act of one side: the platform's own eyes, and the actor's again afterwards.

    A refusal within leaves the actor's side too; an error of the database ends the transaction and with it every word said in it.
    """
    if side_of(actor) in OPEN:
        yield
        return
    stand(session, SYSTEM)
    try:
        yield
        session.flush()  # what was changed here is written with these eyes
    except Refusal:
        stand(session, actor)
        raise
    stand(session, actor)
