"""A bank's file of repayments: tried first, all of it or nothing, the same file twice once, GB18030 too; and never another bank's."""

from __future__ import annotations

import pytest

from financing.access import SYSTEM
from financing.imports import service as imports
from financing.imports.model import Import
from financing.imports.rules import ImportKind, ImportState
from financing.loans.rules import Source
from financing.money import Fen
from financing.refusals import NotAllowed
from reports import importing
from reports.gate import Limits
from reports.import_kinds import KINDS
from tests.financing.letters.conftest import chosen
from tests.financing.loans.conftest import pays_out, records
from tests.makers import TODAY

KIND = ImportKind.REPAYMENTS


@pytest.fixture
def lent(database):
    signed = chosen(database)
    pays_out(signed)
    return records(signed)


def a_line(**changes) -> dict:
    return {"row": 2, "contract": "JK-2026-001", "reference": "LS1", "on": TODAY.isoformat(), "principal": Fen.wan(10).fen, "interest": 0, "penalty": None} | changes  # fmt: skip


def brings(lent, *rows, actor=None) -> Import:
    """Begun, read and compared, as the platform does it; it waits for its yes unless something is wrong."""
    with lent.at(actor=actor) as desk:
        job = imports.begin(desk, KIND, name="还款.csv", size=1, sha256="a" * 64, stored="b" * 64)
    with lent.at(actor=SYSTEM) as desk:
        job = desk.get(Import, job.id)
        imports.start(desk, job)
        imports.read(desk, job, len(rows), 0, [])
        compared = imports.compare(desk, job, list(rows))
        wrong = [{"row": one.row, "column": one.column, "value": one.value, "code": one.code} for one in compared.wrong]
        imports.stage(desk, job, compared, wrong, len(rows))
    return job


def says_yes(lent, job, actor=None) -> None:
    with lent.at(actor=actor) as desk:
        imports.confirm(desk, desk.get(Import, job.id))


def test_a_file_is_compared_first_and_put_on_record_by_one_yes(lent):
    job = brings(lent, a_line(), a_line(row=3, reference="LS2", interest=100))
    assert (job.state, job.added, lent.repayments()) == (ImportState.WAITING, 2, [])
    says_yes(lent, job)
    assert sorted((one.reference, one.source) for one in lent.repayments()) == [
        ("LS1", Source.FILE),
        ("LS2", Source.FILE),
    ]
    assert lent.stands().balance == Fen.wan(100)


def test_the_same_file_twice_has_no_second_effect(lent):
    says_yes(lent, brings(lent, a_line()))
    again = brings(lent, a_line(), a_line(row=3, reference="LS2"))
    assert (again.added, again.same) == (1, 1)
    says_yes(lent, again)
    assert lent.stands().balance == Fen.wan(100)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"contract": "没有的"}, "import_contract_unknown"),
        ({"principal": 0}, "import_nothing_repaid"),
        ({"on": "2026-11-22"}, "import_before_loan"),
        ({"reference": "LS0"}, "import_repayment_differs"),
    ],
)
def test_one_row_that_is_wrong_keeps_the_whole_file_out(lent, changes, code):
    says_yes(lent, brings(lent, a_line(reference="LS0", principal=1)))
    job = brings(lent, a_line(), a_line(row=3, **{"reference": "LS3"} | changes))
    assert (job.state, [one["code"] for one in job.findings]) == (ImportState.FAILED, [code])
    assert len(lent.repayments()) == 1


def test_another_bank_does_not_know_the_contract_and_nobody_else_brings_repayments(lent):
    job = brings(lent, a_line(), actor=lent.stage.bankers[1])
    assert [one["code"] for one in job.findings] == ["import_contract_unknown"]
    with pytest.raises(NotAllowed):
        brings(lent, a_line(), actor=lent.stage.officer)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_csv_is_read_in_either_encoding(encoding):
    heads = [one.head for one in KINDS[KIND].fields]
    text = "\r\n".join([",".join(heads), "JK-2026-001,流水一,2026-11-23,98360.71,3600.00,"])
    found = importing.read(KIND, text.encode(encoding), "还款.csv", today=TODAY, limits=Limits())
    (row,) = found.batch(0, found.total)
    assert (row["principal"], row["interest"], row["penalty"]) == (9_836_071, 360_000, None)
