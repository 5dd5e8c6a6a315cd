"""Every dossier for one bank in one archive (档案袋): for its table on the day of a session, or what waits in its inbox.

All copies are on record for their firms, in one transaction, before the first byte leaves (I-11). Each is pressed in its turn; a consent that has
ended by then leaves its dossier out, and one that ends later, while the archive is still on its way, cuts it off (I-10).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256

from financing.desk import Desk
from financing.file_refusals import NotPrinted
from financing.forums.model import BankTable, ForumSession, Talk
from financing.matching import viewing
from financing.matching.model import Dossier, Match
from financing.matching.service import effective
from financing.matching.snapshot import ScoreSheet
from financing.personal import views as personal
from financing.refusals import NotFound
from reports import dossier as paper
from reports.bundle import INDEX, Archive, Entry, LeftOut, index, pages
from reports.pdf import Job
from reports.session import session as pack
from web.page import Answer, Page
from web.pages.dossiers import stamp
from web.session_pack import programme_of
from web.streaming import guarded, streamed


@dataclass(frozen=True, slots=True)
class Wanted:
    """One dossier for a bank, and what its file is called."""

    name: str
    dossier: Dossier
    match: Match


@dataclass(frozen=True, slots=True)
class Ordered:
    """A numbered copy that is on record and waits for the press."""

    name: str
    need: int
    copy: viewing.Copy
    job: Job


@dataclass(frozen=True, slots=True)
class Bag:
    """What goes into one archive: papers of the house first, then the copies for one bank."""

    name: str
    bank: int
    house: Mapping[str, Job]
    copies: tuple[Ordered, ...]


def for_table(request: Page, desk: Desk, session: ForumSession, place: int) -> Bag:
    """What lies on a bank's table: the session's pack, and the dossiers it talks about."""
    table = desk.find(BankTable, BankTable.session_id == session.id, BankTable.place == place)
    if table is None:
        raise NotFound(kind=BankTable.__name__)
    settings = request.app.state.settings
    view = programme_of(desk, session, settings.zone_name, site=settings.site)
    house = {f"{session.number}.pdf": pack(view, request.lang)}
    return _bag(request, desk, f"{session.number}-{place:02d}", table.bank_id, of_table(desk, table), house)


def of_table(desk: Desk, table: BankTable) -> Iterator[Wanted]:
    """The dossiers of a table in the order of its rounds, as far as the bank may read them now."""
    for talk in desk.all(Talk, Talk.session_id == table.session_id, Talk.bank_id == table.bank_id, by=Talk.round):
        match = desk.find(Match, Match.id == talk.match_id)
        dossier = desk.find(Dossier, Dossier.need_id == match.need_id) if match else None
        if match and dossier and effective(desk, match):
            yield Wanted(f"{talk.round:02d}-{dossier.number}.pdf", dossier, match)


def for_bank(request: Page, desk: Desk, name: str, wanted: Iterable[Wanted]) -> Bag:
    """Dossiers for the reader's own bank."""
    bank = desk.actor.bank_id
    if bank is None:
        raise NotFound(kind=Dossier.__name__)
    return _bag(request, desk, name, bank, wanted, {})


def answer(request: Page, bag: Bag) -> Answer:
    """The archive on its way."""
    sending = _Sending(request, bag)
    return streamed(request, guarded(sending.pieces(), sending.still), f"{bag.name}.zip", "application/zip")


def _bag(request: Page, desk: Desk, name: str, bank: int, wanted: Iterable[Wanted], house: Mapping[str, Job]) -> Bag:
    """Number the copies, always in the order of the dossiers' keys: two archives at once never wait for each other."""
    asked = list(wanted)
    made = {
        each.dossier.id: viewing.copy_for(desk, each.dossier, each.match)
        for each in sorted(asked, key=lambda each: each.dossier.id)
    }
    copies = (
        Ordered(each.name, each.match.need_id, copy := made[each.dossier.id],
                paper.dossier(copy.snapshot, stamp(request, copy, personal.disputed(desk, each.dossier.firm_id)), request.lang))
        for each in asked
    )  # fmt: skip
    return Bag(name, bank, house, tuple(copies))


class _Sending:
    """One archive on its way out, and the needs whose dossiers are in what has been given out."""

    def __init__(self, request: Page, bag: Bag) -> None:
        self.request, self.bag, self.out = request, bag, set[int]()

    def still(self) -> bool:
        """Whether the bank may still read everything that is in the archive so far."""
        return self.out <= self._open(self.out)

    def pieces(self) -> Iterator[bytes]:
        archive, entries = Archive(), list[Entry]()
        for name, job in self.bag.house.items():
            yield archive.add(name, self.request.press(job))
        for each in self.bag.copies:
            entry, content = self._pressed(each)
            entries.append(entry)
            if content:
                self.out.add(each.need)
                yield archive.add(each.name, content)
        yield archive.add(INDEX, index(entries, self.bag.name, self.request.lang))
        yield archive.close()

    def _pressed(self, each: Ordered) -> tuple[Entry, bytes]:
        """One copy and its line of the index; nothing when it was not printed, or may not leave any more."""
        number = each.copy.snapshot.number
        try:
            content = self.request.press(each.job) if self._open({each.need}) else b""
        except NotPrinted:
            return Entry(number, LeftOut.NOT_PRINTED), b""
        if not content or not self._open({each.need}):
            return Entry(number, LeftOut.ENDED), b""
        return _entry(each, content), content

    def _open(self, needs: set[int]) -> set[int]:
        if not needs:
            return set()
        with self.request.desk(write=False) as desk:
            return viewing.open_needs(desk, self.bag.bank, needs)


def _entry(each: Ordered, content: bytes) -> Entry:
    shown = each.copy.snapshot
    return Entry(
        number=shown.number,
        file=each.name,
        firm=shown.firm.name.value,
        amount=shown.need.amount,
        months=shown.need.months,
        purpose=shown.need.purpose.says,
        grade=shown.score.grade if isinstance(shown.score, ScoreSheet) else "",
        copy=each.copy.number,
        pages=pages(content),
        digest=sha256(content).hexdigest(),
    )
