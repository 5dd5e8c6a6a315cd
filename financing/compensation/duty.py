"""The file of duty done (尽职免责材料, F51): what one side knew and checked when it decided, each piece with its digest, and the journal's own word.

The guarantor's file holds the case as its committee had it; a bank's holds what its own people were shown and what they answered. Neither holds
anything of the other. The same standing gives the same pieces: taking the file is on record, but is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from sqlalchemy import or_, select

from financing import journal, journal_check
from financing.access import Role, require
from financing.acts import Act
from financing.among import among
from financing.compensation.duty_rules import Holder, Piece, Step, belongs, ending, row, written
from financing.credit.model import Assessment, RaisedFlag
from financing.desk import BEIJING, Desk
from financing.diligence.model import Survey
from financing.guarantees.model import Condition, GuaranteeCase, Resolution
from financing.guarantees.rules import UNDECIDED
from financing.guarantees.securities import of_case as securities_of
from financing.journal import Entry
from financing.letters.model import Guarantee
from financing.letters.paper_model import IssuedPaper
from financing.letters.rules import LetterKind
from financing.matching import viewing
from financing.matching.model import Consent, Dossier, Match, OfferRelease, Viewing
from financing.needs.model import Need
from financing.offers.ask_model import ItemAsk
from financing.offers.claim_model import Claim
from financing.offers.model import Offer
from financing.papers.model import Paper, PaperUse
from financing.parties.model import Bank, Firm, Guarantor
from financing.people.model import User
from financing.recovery_refusals import NotYetDecided

GIVEN = (LetterKind.LETTER, LetterKind.RISK_SHARING, LetterKind.RECOMMENDATION)
FIRST = (*GIVEN, LetterKind.INTENT, LetterKind.REFUSAL)


@dataclass(frozen=True, slots=True)
class Part:
    """One piece: its name in the archive, and its bytes or the paper in the store that has them; `title` as people called it."""

    kind: Piece
    name: str
    digest: str
    size: int  # bytes
    content: bytes = b""
    paper: Paper | None = None
    title: str = ""


@dataclass(frozen=True, slots=True)
class DutyFile:
    """Everything in one file, before its cover; `head` is the last line of the excerpt: number and link of the journal."""

    number: str
    holder: Holder
    of: str  # who holds it
    firm: str
    code: str
    decided: datetime
    parts: tuple[Part, ...]
    steps: tuple[Step, ...]
    head: tuple[int, str] | None
    dossier_id: int | None = None  # whose content is inside under a firm's consent


def of_case(desk: Desk, case: GuaranteeCase) -> DutyFile:
    """The guarantor's file of a decided case, on record; NotYetDecided before the seal."""
    require(desk.actor, Act.TAKE_CASE_FILE, case)
    sealed = desk.all(Resolution, Resolution.case_id == case.id, by=Resolution.sealed_at)
    if case.state in UNDECIDED or not sealed:
        raise NotYetDecided
    last = sealed[-1]
    things = dict(_of_guarantor(desk, case, last))
    letters = desk.all(
        IssuedPaper, IssuedPaper.case_id == case.id, IssuedPaper.kind.in_(FIRST), by=IssuedPaper.issued_at
    )
    papers = _papers(desk, case, last)
    parts = [_part(kind, f"{kind.value}.json", content) for kind, content in things.items()]
    parts += [_letter(one) for one in letters] + [_paper(n, one) for n, one in enumerate(papers, 1)]
    about = {case.id, case.need_id, *_ids(sealed), *_ids(letters), *_ids(papers), *_ids(securities_of(desk, case))}
    about |= _keys(desk, Condition, Condition.case_id == case.id) | _keys(desk, Guarantee, Guarantee.case_id == case.id)
    for kind in (Assessment, Survey, RaisedFlag):
        about |= _keys(desk, kind, kind.need_id == case.need_id)
    of = desk.session.get_one(Guarantor, case.guarantor_id).name
    made = _file(desk, _Head(case.number, Holder.GUARANTOR, of, case.firm_id, last.sealed_at), parts, about)
    desk.note(Act.TAKE_CASE_FILE, case, pieces=len(made.parts), digest=_digest(made))
    return made


def of_offer(desk: Desk, offer: Offer) -> DutyFile:
    """A bank's file of its own offer, on record: what its people were shown, asked and answered, and nothing of anybody else."""
    require(desk.actor, Act.TAKE_OFFER_FILE, offer)
    things = {
        Piece.CONSENTS: _rows(desk.all(Consent, Consent.need_id == offer.need_id, by=Consent.valid_from), "granted_by"),
        Piece.VIEWINGS: _rows(_viewings(desk, offer)),
        Piece.ITEMS: _rows(desk.all(ItemAsk, ItemAsk.match_id == offer.match_id, by=ItemAsk.asked_at)),
        Piece.RELEASES: _rows(desk.all(OfferRelease, OfferRelease.match_id == offer.match_id, by=OfferRelease.given_at)),
        Piece.OFFER: row(offer, ("state", "lettered")),
    }  # fmt: skip
    parts = [_part(kind, f"{kind.value}.json", written(content)) for kind, content in things.items()]
    letters = desk.all(
        IssuedPaper, IssuedPaper.bank_id == offer.bank_id, IssuedPaper.kind.in_(GIVEN), by=IssuedPaper.issued_at
    )
    own = set(_ids(desk.all(Guarantee, Guarantee.offer_id == offer.id)))
    parts += [*_dossier(desk, offer), *(_letter(one) for one in letters if one.subject_id in own)]
    about = {offer.id, offer.match_id} | _keys(desk, Dossier, Dossier.need_id == offer.need_id)
    for kind in (ItemAsk, Claim, OfferRelease):
        about |= _keys(desk, kind, kind.match_id == offer.match_id)
    number, of = desk.session.get_one(Need, offer.need_id).number, desk.get(Bank, offer.bank_id).name
    made = _file(desk, _Head(number, Holder.BANK, of, offer.firm_id, offer.made_at, offer.bank_id), parts, about)
    if any(one.kind is Piece.DOSSIER for one in parts):
        made = replace(made, dossier_id=desk.session.scalar(select(Dossier.id).where(Dossier.need_id == offer.need_id)))
    desk.note(Act.TAKE_OFFER_FILE, offer, pieces=len(made.parts), digest=_digest(made))
    return made


def _of_guarantor(desk: Desk, case: GuaranteeCase, sealed: Resolution) -> Iterator[tuple[Piece, bytes]]:
    """What lay before those who decided. The resolution is the record as sealed, so its digest is that of the seal."""
    need, survey = desk.get(Need, case.need_id), desk.find(Survey, Survey.id == (case.survey_id or 0))
    yield Piece.NEED, written(row(need, ("state",)))
    yield Piece.ASSESSMENT, written(row(desk.get(Assessment, case.assessment_id)))
    yield Piece.FLAGS, written(_rows(desk.all(RaisedFlag, RaisedFlag.need_id == case.need_id, by=RaisedFlag.id)))
    if survey is not None:
        yield Piece.SURVEY, written(row(survey))
    yield Piece.CASE, written(row(case, ("state", "reported_on", "report_by", "return_by")))
    yield Piece.SECURITIES, written(_rows(securities_of(desk, case)))
    yield Piece.RESOLUTION, written(sealed.record)
    yield Piece.CONDITIONS, written(_rows(desk.all(Condition, Condition.case_id == case.id, by=Condition.number)))


def _papers(desk: Desk, case: GuaranteeCase, sealed: Resolution) -> list[Paper]:
    """The firm's papers as they lay on the table at the steps of the need, photos of the survey, and proofs of conditions."""
    used = select(PaperUse.paper_id).where(
        PaperUse.need_id == case.need_id, PaperUse.used_on <= sealed.sealed_at.astimezone(BEIJING).date()
    )
    survey = desk.find(Survey, Survey.id == (case.survey_id or 0))
    photos = [one["id"] for one in survey.photos] if survey else []
    proofs = [one.proof_id for one in desk.all(Condition, Condition.case_id == case.id) if one.proof_id]
    return desk.all(
        Paper,
        or_(Paper.id.in_(used), among(Paper.id, {*photos, *proofs})),
        Paper.firm_id == case.firm_id,
        by=Paper.added_at,
    )


def _viewings(desk: Desk, offer: Offer) -> list[Viewing]:
    """What the bank's own people had read when they answered."""
    dossier = select(Dossier.id).where(Dossier.need_id == offer.need_id)
    own = (Viewing.dossier_id.in_(dossier), Viewing.bank_id == offer.bank_id, Viewing.at <= offer.made_at)
    return desk.all(Viewing, *own, by=Viewing.at)


def _dossier(desk: Desk, offer: Offer) -> Iterator[Part]:
    """The content that was read, while the firm's consent stands and it is still the same: its digest is that of the viewing.

    Content that leaves is a reading as any other, on record for the firm first (I-11); afterwards the digests alone are given.
    """
    dossier = desk.find(Dossier, Dossier.need_id == offer.need_id)
    match = desk.find(Match, Match.id == offer.match_id)
    if dossier is None or match is None:
        return
    seen = viewing.open_dossier(desk, dossier)
    if seen.digest() in {one.digest for one in _viewings(desk, offer)}:
        yield _part(Piece.DOSSIER, f"{Piece.DOSSIER.value}.json", seen.canonical())


@dataclass(frozen=True, slots=True)
class _Head:
    """Whose file it is, about whom, and the moment of the decision."""

    number: str
    holder: Holder
    of: str
    firm_id: int
    decided: datetime
    bank_id: int | None = None


def _file(desk: Desk, whose: _Head, parts: list[Part], about: set[int]) -> DutyFile:
    query = select(Entry).where(among(Entry.subject_id, about)).order_by(Entry.seq)
    told = desk.session.scalars(query)
    lines = [one for one in told if belongs(one.body, whose.holder, whose.bank_id, whose.decided)]
    text = "".join(f"{line}\n" for line in journal.excerpt(desk.session, {one.seq for one in lines}))
    if text:
        parts = [
            *parts,
            _part(Piece.JOURNAL, "journal.jsonl", text.encode()),
            _part(Piece.CHECKER, "journal_check.py", _checker()),
        ]
    firm = desk.session.get_one(Firm, whose.firm_id)
    head = (lines[-1].seq, lines[-1].link) if lines else None
    return DutyFile(
        whose.number,
        whose.holder,
        whose.of,
        firm.name,
        firm.code,
        whose.decided,
        tuple(parts),
        _steps(desk, lines, whose.decided),
        head,
    )


def _steps(desk: Desk, lines: Iterable[Entry], decided: datetime) -> tuple[Step, ...]:
    told = list(lines)
    query = select(User.id, User.name).where(among(User.id, {one.actor_id for one in told}))
    names = {row.id: row.name for row in desk.session.execute(query)}
    return tuple(
        Step(
            one.seq,
            one.at,
            one.act,
            Role(one.body["role"]),
            names.get(one.actor_id, ""),
            one.body["kind"],
            one.at > decided,
        )
        for one in told
    )


def _checker() -> bytes:
    """The stand-alone checker itself, so that whoever holds the file needs nothing else."""
    return Path(journal_check.__file__).read_bytes()


def _digest(made: DutyFile) -> str:
    return sha256("".join(f"{one.digest}  {one.name}\n" for one in made.parts).encode()).hexdigest()


def _part(kind: Piece, name: str, content: bytes) -> Part:
    return Part(kind, name, sha256(content).hexdigest(), len(content), content)


def _letter(one: IssuedPaper) -> Part:
    content = written(one.record)
    return Part(
        Piece.LETTER, f"letters/{one.number}.json", sha256(content).hexdigest(), len(content), content, title=one.number
    )


def _paper(n: int, one: Paper) -> Part:
    name = f"papers/{n:03d}-{one.kind.value}.{ending(one.media)}"
    return Part(Piece.PAPER, name, one.sha256, one.size, paper=one, title=one.name)


def _rows(things: Iterable[Any], *leave_out: str) -> list[dict[str, Any]]:
    return [row(one, leave_out) for one in things]


def _keys(desk: Desk, kind: Any, *where: Any) -> set[int]:
    """What lines of the journal may be about, whether or not its content may still be read."""
    return set(desk.session.scalars(select(kind.id).where(*where)))


def _ids(things: Iterable[Any]) -> list[int]:
    return [one.id for one in things]
