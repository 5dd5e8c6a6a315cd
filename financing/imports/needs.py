"""Needs of a workbook, drafted on behalf of firms on file (代填需求): the firm reads its draft and hands it in itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select

from financing.acts import Act
from financing.desk import Desk
from financing.import_refusals import ChangedSince
from financing.imports import odd
from financing.imports.compared import Compared, Row, Wrong, plain
from financing.imports.model import Import, ImportRow
from financing.imports.rules import Fate
from financing.money import Fen, Rate
from financing.needs.model import Need
from financing.needs.rules import NeedState, Purpose
from financing.numbers import Series, take_number
from financing.parties.model import Firm

SAME = ("amount", "months", "purpose", "latest")


def compare(desk: Desk, _job: Import, rows: Sequence[Row]) -> Compared:
    """A need is the same when firm, amount, months, purpose and day are; a firm that is not on file is told."""
    codes = {row["code"] for row in rows}
    columns = (Firm.code, Firm.id, Firm.founded_on, Firm.revenue)
    firms = {row.code: row for row in desk.session.execute(desk.select(Firm, *columns).where(Firm.code.in_(codes)))}
    known = _known(desk, [firm.id for firm in firms.values()])
    compared = Compared()
    for row in rows:
        if row["code"] not in firms:
            compared.wrong.append(Wrong(row["row"], "code", row["code"], "import_firm_unknown"))
            continue
        firm_id = firms[row["code"]].id
        key = "|".join(str(row[name]) for name in ("code", *SAME))
        same = (firm_id, *(row[name] for name in SAME)) in known
        told = {} if same else {name: value for name, value in row.items() if name != "row" and value is not None}
        compared.put(row, key, Fate.SAME if same else Fate.ADDED, told, subject=firm_id)
    moving = compared.moving
    fresh = [(row, firms[row["code"]]) for row in rows if row["row"] in moving]
    compared.odd.extend(odd.of_needs(desk, ((row, firm.founded_on, firm.revenue) for row, firm in fresh)))
    return compared


def land(desk: Desk, job: Import) -> None:
    """A draft for each new row, and word of it to the firm; ChangedSince when one like it has come meanwhile."""
    staged = desk.all(ImportRow, ImportRow.job_id == job.id, ImportRow.fate == Fate.ADDED, by=ImportRow.row)
    known = _known(desk, [row.subject_id for row in staged])
    if any((row.subject_id, *(row.told[name] for name in SAME)) in known for row in staged):
        raise ChangedSince
    for row in staged:
        told = row.told
        number = take_number(desk.session, Series.NEED, desk.today.year)
        wish = told.get("wish")
        need = Need(
            number=number, firm_id=row.subject_id, amount=Fen(told["amount"]), months=told["months"],
            purpose=Purpose(told["purpose"]), use=told["use"], latest=date.fromisoformat(told["latest"]),
            drafted_on=desk.today, wish=None if wish is None else Rate(wish), no_broker=False,
        )  # fmt: skip
        desk.add(need)
        once = f"{Act.CONFIRM_IMPORT}:{job.id}:{row.row}"
        desk.later("notice", once, to={"firm": need.firm_id}, code=Act.DRAFT_NEED.value, subject=need.id, number=number)


def _known(desk: Desk, firms: Sequence[int]) -> set[tuple[object, ...]]:
    """Needs of these firms that are not withdrawn, by what makes two of them one; drafts too, which no officer is shown."""
    columns = [getattr(Need, name) for name in ("firm_id", *SAME)]
    found = desk.session.execute(select(*columns).where(Need.firm_id.in_(firms), Need.state != NeedState.WITHDRAWN))
    return {tuple(plain(value) for value in row) for row in found}
