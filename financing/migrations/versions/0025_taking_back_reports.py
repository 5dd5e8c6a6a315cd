"""taking back reports"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0025'
down_revision = '0024'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reversal',
    sa.Column('drawdown_id', sa.BigInteger(), nullable=True),
    sa.Column('outcome_id', sa.BigInteger(), nullable=True),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('confirmed_at', Instant(), nullable=True),
    sa.Column('confirmed_by', sa.BigInteger(), nullable=True),
    sa.Column('confirmer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'confirmed') = (confirmed_by IS NOT NULL)", name=op.f('ck_reversal_confirmed')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_reversal_reason')),
    sa.CheckConstraint('(drawdown_id IS NULL) <> (outcome_id IS NULL)', name=op.f('ck_reversal_one_report')),
    sa.CheckConstraint('confirmed_by <> asked_by', name=op.f('ck_reversal_two_people')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_reversal_bank_id_bank')),
    sa.ForeignKeyConstraint(['drawdown_id'], ['drawdown.id'], name=op.f('fk_reversal_drawdown_id_drawdown')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_reversal_firm_id_firm')),
    sa.ForeignKeyConstraint(['outcome_id'], ['outcome.id'], name=op.f('fk_reversal_outcome_id_outcome')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reversal')),
    sa.UniqueConstraint('drawdown_id', name=op.f('uq_reversal_drawdown_id')),
    sa.UniqueConstraint('outcome_id', name=op.f('uq_reversal_outcome_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_reversal_bank_id'), 'reversal', ['bank_id'], unique=False)
    op.create_index(op.f('ix_reversal_firm_id'), 'reversal', ['firm_id'], unique=False)
    with op.batch_alter_table('forum_session') as session:
        session.add_column(sa.Column('least_talks', sa.BigInteger(), server_default='1', nullable=False))
        session.create_check_constraint(op.f('ck_forum_session_least_talks'), 'least_talks > 0 AND least_talks <= rounds')
    op.add_column('outcome', sa.Column('turn', sa.BigInteger(), server_default='1', nullable=False))
    op.drop_index('uq_outcome_once', table_name='outcome')
    op.create_index('uq_outcome_once', 'outcome', ['intent_id', 'stage', 'turn'], unique=True, sqlite_where=sa.text("stage IN ('contract', 'dropped')"), postgresql_where=sa.text("stage IN ('contract', 'dropped')"))


def downgrade() -> None:
    op.drop_index('uq_outcome_once', table_name='outcome')
    op.create_index('uq_outcome_once', 'outcome', ['intent_id', 'stage'], unique=True, sqlite_where=sa.text("stage IN ('contract', 'dropped')"), postgresql_where=sa.text("stage IN ('contract', 'dropped')"))
    op.drop_column('outcome', 'turn')
    with op.batch_alter_table('forum_session') as session:
        session.drop_constraint(op.f('ck_forum_session_least_talks'), type_='check')
        session.drop_column('least_talks')
    op.drop_index(op.f('ix_reversal_firm_id'), table_name='reversal')
    op.drop_index(op.f('ix_reversal_bank_id'), table_name='reversal')
    op.drop_table('reversal')
