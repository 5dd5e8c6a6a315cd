"""second looks"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('contest',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=True),
    sa.Column('rests_on', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('deciders', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=False),
    sa.Column('made_at', Instant(), nullable=False),
    sa.Column('made_by', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('reviewer_id', sa.BigInteger(), nullable=True),
    sa.Column('reviewer_name', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('outcome', sa.Text(), nullable=True),
    sa.Column('found', sa.Text(), nullable=False),
    sa.Column('next_step', sa.Text(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(kind = 'decline') = (bank_id IS NOT NULL)", name=op.f('ck_contest_whose')),
    sa.CheckConstraint("(state = 'decided') = (reviewer_id IS NOT NULL AND outcome IS NOT NULL)", name=op.f('ck_contest_decided')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_contest_bank_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_contest_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_contest_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contest')),
    sa.UniqueConstraint('kind', 'subject_id', name=op.f('uq_contest_kind_subject_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_contest_bank_id'), 'contest', ['bank_id'], unique=False)
    op.create_index(op.f('ix_contest_firm_id'), 'contest', ['firm_id'], unique=False)
    op.create_index(op.f('ix_contest_need_id'), 'contest', ['need_id'], unique=False)
    with op.batch_alter_table('decline') as decline:  # after a second look a bank may answer once more
        decline.drop_constraint(op.f('uq_decline_match_id'), type_='unique')
        decline.create_index(op.f('ix_decline_match_id'), ['match_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('decline') as decline:
        decline.drop_index(op.f('ix_decline_match_id'))
        decline.create_unique_constraint(op.f('uq_decline_match_id'), ['match_id'])
    op.drop_index(op.f('ix_contest_need_id'), table_name='contest')
    op.drop_index(op.f('ix_contest_firm_id'), table_name='contest')
    op.drop_index(op.f('ix_contest_bank_id'), table_name='contest')
    op.drop_table('contest')
