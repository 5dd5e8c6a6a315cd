"""questions to firms, and clocks that stand still for them"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0023'
down_revision = '0022'
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('item_ask',
    sa.Column('match_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('item', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asked_by_name', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('again', sa.Boolean(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.Column('figure', sa.BigInteger(), nullable=True),
    sa.Column('answered_by_name', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_at IS NULL)", name=op.f('ck_item_ask_ended')),
    sa.CheckConstraint("CASE WHEN state = 'answered' THEN (paper_id IS NULL) <> (figure IS NULL) ELSE paper_id IS NULL AND figure IS NULL END", name=op.f('ck_item_ask_answer')),
    sa.CheckConstraint('figure >= 0', name=op.f('ck_item_ask_figure')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_item_ask_bank_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_item_ask_firm_id_firm')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_item_ask_match_id_match')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_item_ask_need_id_need')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_item_ask_paper_id_paper')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_item_ask')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_item_ask_bank_id'), 'item_ask', ['bank_id'], unique=False)
    op.create_index(op.f('ix_item_ask_firm_id'), 'item_ask', ['firm_id'], unique=False)
    op.create_index(op.f('ix_item_ask_match_id'), 'item_ask', ['match_id'], unique=False)
    op.create_index(op.f('ix_item_ask_need_id'), 'item_ask', ['need_id'], unique=False)
    op.create_index('uq_item_ask_open', 'item_ask', ['match_id', 'item'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('clock_pause',
    sa.Column('match_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('ask_id', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('due_before', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('due_after', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('until >= since AND due_after >= due_before', name=op.f('ck_clock_pause_days')),
    sa.ForeignKeyConstraint(['ask_id'], ['item_ask.id'], name=op.f('fk_clock_pause_ask_id_item_ask')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_clock_pause_bank_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_clock_pause_firm_id_firm')),
    sa.ForeignKeyConstraint(['match_id'], ['match.id'], name=op.f('fk_clock_pause_match_id_match')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_clock_pause_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_pause')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_clock_pause_match_id'), 'clock_pause', ['match_id'], unique=False)
    op.create_index(op.f('ix_clock_pause_need_id'), 'clock_pause', ['need_id'], unique=False)
    op.create_index('uq_clock_pause_running', 'clock_pause', ['match_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))



def downgrade() -> None:

    op.drop_index('uq_clock_pause_running', table_name='clock_pause', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.drop_index(op.f('ix_clock_pause_need_id'), table_name='clock_pause')
    op.drop_index(op.f('ix_clock_pause_match_id'), table_name='clock_pause')
    op.drop_table('clock_pause')
    op.drop_index('uq_item_ask_open', table_name='item_ask', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_index(op.f('ix_item_ask_need_id'), table_name='item_ask')
    op.drop_index(op.f('ix_item_ask_match_id'), table_name='item_ask')
    op.drop_index(op.f('ix_item_ask_firm_id'), table_name='item_ask')
    op.drop_index(op.f('ix_item_ask_bank_id'), table_name='item_ask')
    op.drop_table('item_ask')

