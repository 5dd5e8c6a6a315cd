"""recovery of what was paid"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0050'
down_revision = '0047'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('recovery_case',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('entry_id', sa.BigInteger(), nullable=False),
    sa.Column('paid_on', sa.Date(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_at', Instant(), nullable=False),
    sa.Column('owner_id', sa.BigInteger(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('next_step', sa.Text(), nullable=True),
    sa.Column('next_on', sa.Date(), nullable=True),
    sa.Column('next_what', sa.Text(), nullable=False),
    sa.Column('limit_kind', sa.Text(), nullable=True),
    sa.Column('limit_on', sa.Date(), nullable=True),
    sa.Column('told', sa.BigInteger(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('closed_by', sa.BigInteger(), nullable=True),
    sa.Column('closer', sa.Text(), nullable=False),
    sa.Column('result', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_by IS NOT NULL)", name=op.f('ck_recovery_case_closed')),
    sa.CheckConstraint("state = 'closed' OR (next_step IS NOT NULL AND next_on IS NOT NULL)", name=op.f('ck_recovery_case_next')),
    sa.CheckConstraint('(limit_kind IS NULL) = (limit_on IS NULL)', name=op.f('ck_recovery_case_limited')),
    sa.CheckConstraint('told >= 0', name=op.f('ck_recovery_case_told')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_recovery_case_bank_id_bank')),
    sa.ForeignKeyConstraint(['case_id'], ['guarantee_case.id'], name=op.f('fk_recovery_case_case_id_guarantee_case')),
    sa.ForeignKeyConstraint(['entry_id'], ['guarantee_entry.id'], name=op.f('fk_recovery_case_entry_id_guarantee_entry')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_recovery_case_firm_id_firm')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_recovery_case_guarantee_id_guarantee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_case')),
    sa.UniqueConstraint('number', name=op.f('uq_recovery_case_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_recovery_case_firm_id'), 'recovery_case', ['firm_id'], unique=False)
    op.create_index(op.f('ix_recovery_case_guarantee_id'), 'recovery_case', ['guarantee_id'], unique=False)
    op.create_index('ix_recovery_case_next', 'recovery_case', ['state', 'next_on', 'number'], unique=False)
    op.create_index('uq_recovery_case_open', 'recovery_case', ['guarantee_id'], unique=True, sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.create_table('recovery_share',
    sa.Column('entry_id', sa.BigInteger(), nullable=False),
    sa.Column('recovery_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('share', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('for_costs', sa.Boolean(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('ordered_on', sa.Date(), nullable=True),
    sa.Column('ordered_by', sa.BigInteger(), nullable=True),
    sa.Column('orderer', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('paid_on', sa.Date(), nullable=True),
    sa.Column('paid_by', sa.BigInteger(), nullable=True),
    sa.Column('payer', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(party = 'guarantor') = (state = 'kept')", name=op.f('ck_recovery_share_kept')),
    sa.CheckConstraint("(state = 'paid') = (paid_by IS NOT NULL)", name=op.f('ck_recovery_share_paid')),
    sa.CheckConstraint("NOT for_costs OR party = 'guarantor'", name=op.f('ck_recovery_share_costs')),
    sa.CheckConstraint("state NOT IN ('ordered', 'paid') OR (ordered_by IS NOT NULL AND document_id IS NOT NULL)", name=op.f('ck_recovery_share_ordered')),
    sa.CheckConstraint('amount > 0', name=op.f('ck_recovery_share_amount')),
    sa.CheckConstraint('paid_by <> ordered_by', name=op.f('ck_recovery_share_two_people')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_recovery_share_document_id_document')),
    sa.ForeignKeyConstraint(['entry_id'], ['guarantee_entry.id'], name=op.f('fk_recovery_share_entry_id_guarantee_entry')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_recovery_share_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['recovery_id'], ['recovery_case.id'], name=op.f('fk_recovery_share_recovery_id_recovery_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_share')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_recovery_share_guarantee_id'), 'recovery_share', ['guarantee_id'], unique=False)
    op.create_index(op.f('ix_recovery_share_recovery_id'), 'recovery_share', ['recovery_id'], unique=False)
    op.create_index('ix_recovery_share_state', 'recovery_share', ['state'], unique=False)
    op.create_index('uq_recovery_share_part', 'recovery_share', ['entry_id', 'party', 'for_costs'], unique=True)
    op.create_table('recovery_step',
    sa.Column('recovery_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('cost', sa.BigInteger(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=True),
    sa.Column('next_step', sa.Text(), nullable=False),
    sa.Column('next_on', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("step IN ('talk', 'other') OR document_id IS NOT NULL", name=op.f('ck_recovery_step_paper')),
    sa.CheckConstraint('cost >= 0', name=op.f('ck_recovery_step_cost')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_recovery_step_document_id_document')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_recovery_step_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['recovery_id'], ['recovery_case.id'], name=op.f('fk_recovery_step_recovery_id_recovery_case')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_recovery_step')),
    sqlite_strict=True
    )
    op.create_index('ix_recovery_step_case', 'recovery_step', ['recovery_id', 'on'], unique=False)
    op.create_index(op.f('ix_recovery_step_guarantee_id'), 'recovery_step', ['guarantee_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_recovery_step_guarantee_id'), table_name='recovery_step')
    op.drop_index('ix_recovery_step_case', table_name='recovery_step')
    op.drop_table('recovery_step')
    op.drop_index('uq_recovery_share_part', table_name='recovery_share')
    op.drop_index('ix_recovery_share_state', table_name='recovery_share')
    op.drop_index(op.f('ix_recovery_share_recovery_id'), table_name='recovery_share')
    op.drop_index(op.f('ix_recovery_share_guarantee_id'), table_name='recovery_share')
    op.drop_table('recovery_share')
    op.drop_index('uq_recovery_case_open', table_name='recovery_case', sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"))
    op.drop_index('ix_recovery_case_next', table_name='recovery_case')
    op.drop_index(op.f('ix_recovery_case_guarantee_id'), table_name='recovery_case')
    op.drop_index(op.f('ix_recovery_case_firm_id'), table_name='recovery_case')
    op.drop_table('recovery_case')
