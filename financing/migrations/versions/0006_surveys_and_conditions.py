"""surveys, affordability and conditions"""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op
from financing.db import Instant, new_id
from sqlalchemy.dialects.postgresql import JSONB

revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

PLAIN = sa.JSON().with_variant(JSONB(), "postgresql")


def upgrade() -> None:
    op.create_table('survey',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_name', sa.Text(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('found', PLAIN, nullable=False),
    sa.Column('photos', PLAIN, nullable=False),
    sa.Column('changed', PLAIN, nullable=False),
    sa.Column('rate', sa.BigInteger(), nullable=False),
    sa.Column('repayment', sa.Text(), nullable=False),
    sa.Column('other', sa.BigInteger(), nullable=True),
    sa.Column('advice', sa.Text(), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('second_id', sa.BigInteger(), nullable=True),
    sa.Column('second_name', sa.Text(), nullable=False),
    sa.Column('second_advice', sa.Text(), nullable=True),
    sa.Column('second_opinion', sa.Text(), nullable=False),
    sa.Column('second_at', Instant(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('second_id IS NULL OR second_id <> officer_id', name=op.f('ck_survey_two_people')),
    sa.CheckConstraint("(state = 'reviewed') = (second_id IS NOT NULL)", name=op.f('ck_survey_spoken')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_survey_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_survey_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_survey')),
    sqlite_strict=True
    )
    op.create_index('ix_survey_need', 'survey', ['need_id', 'at'], unique=False)
    op.create_index(op.f('ix_survey_firm_id'), 'survey', ['firm_id'], unique=False)
    op.create_table('case_condition',
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('proof_id', sa.BigInteger(), nullable=True),
    sa.Column('shown_by', sa.BigInteger(), nullable=True),
    sa.Column('shown_name', sa.Text(), nullable=False),
    sa.Column('shown_at', Instant(), nullable=True),
    sa.Column('met_by', sa.BigInteger(), nullable=True),
    sa.Column('met_name', sa.Text(), nullable=False),
    sa.Column('met_at', Instant(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('met_by IS NULL OR met_by <> shown_by', name=op.f('ck_case_condition_two_people')),
    sa.CheckConstraint("(state = 'met') = (met_by IS NOT NULL)", name=op.f('ck_case_condition_accepted')),
    sa.CheckConstraint("state = 'owed' OR (proof_id IS NOT NULL AND shown_by IS NOT NULL)", name=op.f('ck_case_condition_proof')),
    sa.ForeignKeyConstraint(['case_id'], ['guarantee_case.id'], name=op.f('fk_case_condition_case_id_guarantee_case')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_case_condition_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_case_condition_need_id_need')),
    sa.ForeignKeyConstraint(['proof_id'], ['paper.id'], name=op.f('fk_case_condition_proof_id_paper')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_condition')),
    sa.UniqueConstraint('case_id', 'number', name=op.f('uq_case_condition_case_id_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_case_condition_firm_id'), 'case_condition', ['firm_id'], unique=False)
    op.add_column('guarantee_case', sa.Column('survey_id', sa.BigInteger(), nullable=True))
    op.add_column('guarantee_case', sa.Column('affordability', PLAIN, server_default='{}', nullable=False))
    _write_conditions(op.get_bind())


def _write_conditions(connection: sa.Connection) -> None:
    """Decisions sealed so far owe what their own record says."""
    sealed = connection.execute(sa.text(
        "SELECT case_id, need_id, firm_id, record FROM resolution WHERE outcome = 'conditional'"
    )).mappings().all()
    table = sa.table("case_condition", *(sa.column(name) for name in (
        "id", "version", "case_id", "need_id", "firm_id", "number", "says", "shown_name", "met_name", "why", "state")))
    for row in sealed:
        record = json.loads(row["record"]) if isinstance(row["record"], str) else row["record"]
        for number, one in enumerate(record.get("conditions", []), 1):
            connection.execute(sa.insert(table).values(
                id=new_id(), version=1, number=number, says=one["says"], shown_name="", met_name="", why="", state="owed",
                **{key: row[key] for key in ("case_id", "need_id", "firm_id")}))


def downgrade() -> None:
    op.drop_column('guarantee_case', 'affordability')
    op.drop_column('guarantee_case', 'survey_id')
    op.drop_table('case_condition')
    op.drop_table('survey')
