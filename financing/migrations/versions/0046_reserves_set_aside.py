"""reserves set aside"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0046'
down_revision = '0050'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reserve_posting',
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('basis', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('compensation_opening', sa.BigInteger(), nullable=False),
    sa.Column('compensation_added', sa.BigInteger(), nullable=False),
    sa.Column('compensation_back', sa.BigInteger(), nullable=False),
    sa.Column('compensation_used', sa.BigInteger(), nullable=False),
    sa.Column('unearned_opening', sa.BigInteger(), nullable=False),
    sa.Column('unearned_added', sa.BigInteger(), nullable=False),
    sa.Column('unearned_back', sa.BigInteger(), nullable=False),
    sa.Column('unearned_used', sa.BigInteger(), nullable=False),
    sa.Column('general_opening', sa.BigInteger(), nullable=False),
    sa.Column('general_added', sa.BigInteger(), nullable=False),
    sa.Column('general_back', sa.BigInteger(), nullable=False),
    sa.Column('general_used', sa.BigInteger(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('compensation_opening >= 0 AND compensation_added >= 0 AND compensation_back >= 0 AND compensation_used >= 0 AND compensation_opening + compensation_added - compensation_back - compensation_used >= 0', name=op.f('ck_reserve_posting_compensation')),
    sa.CheckConstraint('unearned_opening >= 0 AND unearned_added >= 0 AND unearned_back >= 0 AND unearned_used >= 0 AND unearned_opening + unearned_added - unearned_back - unearned_used >= 0', name=op.f('ck_reserve_posting_unearned')),
    sa.CheckConstraint('general_opening >= 0 AND general_added >= 0 AND general_back >= 0 AND general_used >= 0 AND general_opening + general_added - general_back - general_used >= 0', name=op.f('ck_reserve_posting_general')),
    sa.CheckConstraint('proposed_by <> decided_by', name=op.f('ck_reserve_posting_two_people')),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_reserve_posting_decided')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reserve_posting')),
    sqlite_strict=True
    )
    op.create_index('uq_reserve_posting_stands', 'reserve_posting', ['until'], unique=True,
                    sqlite_where=sa.text("state IN ('proposed', 'confirmed')"), postgresql_where=sa.text("state IN ('proposed', 'confirmed')"))


def downgrade() -> None:
    op.drop_index('uq_reserve_posting_stands', table_name='reserve_posting')
    op.drop_table('reserve_posting')
