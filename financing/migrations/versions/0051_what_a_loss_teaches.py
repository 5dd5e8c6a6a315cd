"""a review of every payment made for a firm"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0051'
down_revision = '0064'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('compensation_review',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('entry_id', sa.BigInteger(), nullable=False),
    sa.Column('claim_id', sa.BigInteger(), nullable=True),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('lesson', sa.Text(), nullable=False),
    sa.Column('change', sa.Text(), nullable=True),
    sa.Column('changed', sa.Text(), nullable=False),
    sa.Column('change_by', sa.Date(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=True),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('finished_on', sa.Date(), nullable=True),
    sa.Column('finished_by', sa.BigInteger(), nullable=True),
    sa.Column('finisher', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('amount > 0 AND due_on >= opened_on', name=op.f('ck_compensation_review_due')),
    sa.CheckConstraint("state = 'open' OR (change IS NOT NULL AND lesson <> '' AND reason <> '' AND proposed_by IS NOT NULL)", name=op.f('ck_compensation_review_said')),
    sa.CheckConstraint("change IS NULL OR (change = 'nothing') = (change_by IS NULL)", name=op.f('ck_compensation_review_change_by')),
    sa.CheckConstraint("change IS NULL OR (change = 'nothing') = (changed = '')", name=op.f('ck_compensation_review_changed')),
    sa.CheckConstraint("(state IN ('decided', 'done')) = (decided_by IS NOT NULL)", name=op.f('ck_compensation_review_decided')),
    sa.CheckConstraint("state <> 'done' OR change = 'nothing' OR (finished_by IS NOT NULL AND result <> '')", name=op.f('ck_compensation_review_finished')),
    sa.CheckConstraint("state <> 'decided' OR change <> 'nothing'", name=op.f('ck_compensation_review_waits')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_compensation_review_two_people')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_compensation_review_bank_id_bank')),
    sa.ForeignKeyConstraint(['case_id'], ['guarantee_case.id'], name=op.f('fk_compensation_review_case_id_guarantee_case')),
    sa.ForeignKeyConstraint(['claim_id'], ['compensation_claim.id'], name=op.f('fk_compensation_review_claim_id_compensation_claim')),
    sa.ForeignKeyConstraint(['entry_id'], ['guarantee_entry.id'], name=op.f('fk_compensation_review_entry_id_guarantee_entry')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_compensation_review_firm_id_firm')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_compensation_review_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_compensation_review_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_compensation_review')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_compensation_review_entry_id')),
    sa.UniqueConstraint('number', name=op.f('uq_compensation_review_number')),
    sqlite_strict=True
    )
    op.create_index('ix_compensation_review_due', 'compensation_review', ['state', 'due_on', 'number'], unique=False)
    op.create_index(op.f('ix_compensation_review_firm_id'), 'compensation_review', ['firm_id'], unique=False)
    op.create_index(op.f('ix_compensation_review_guarantee_id'), 'compensation_review', ['guarantee_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_compensation_review_guarantee_id'), table_name='compensation_review')
    op.drop_index(op.f('ix_compensation_review_firm_id'), table_name='compensation_review')
    op.drop_index('ix_compensation_review_due', table_name='compensation_review')
    op.drop_table('compensation_review')
