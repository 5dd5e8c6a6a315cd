"""reading in an emergency"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from financing.db import Instant

revision = '0082'
down_revision = '0083'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('emergency',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('firm', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('opened_at', Instant(), nullable=True),
    sa.Column('until', Instant(), nullable=True),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_emergency_two_people')),
    sa.CheckConstraint("(state IN ('asked', 'withdrawn')) = (decided_by IS NULL)", name=op.f('ck_emergency_decided')),
    sa.CheckConstraint("(state IN ('open', 'ended')) = (opened_at IS NOT NULL)", name=op.f('ck_emergency_opened')),
    sa.CheckConstraint('(opened_at IS NULL) = (until IS NULL) AND (until IS NULL OR until > opened_at)', name=op.f('ck_emergency_until')),
    sa.CheckConstraint("(state IN ('asked', 'open')) = (ended_at IS NULL)", name=op.f('ck_emergency_ended')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_emergency_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency')),
    sa.UniqueConstraint('number', name=op.f('uq_emergency_number')),
    sqlite_strict=True
    )
    standing = sa.text('ended_at IS NULL')
    op.create_index('uq_emergency_standing', 'emergency', ['firm_id'], unique=True, sqlite_where=standing, postgresql_where=standing)
    op.create_index(op.f('ix_emergency_firm_id'), 'emergency', ['firm_id'], unique=False)
    op.create_index(op.f('ix_emergency_proposed_by'), 'emergency', ['proposed_by'], unique=False)
    op.create_table('emergency_look',
    sa.Column('emergency_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('section', sa.Text(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['emergency_id'], ['emergency.id'], name=op.f('fk_emergency_look_emergency_id_emergency')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_emergency_look')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_emergency_look_emergency_id'), 'emergency_look', ['emergency_id'], unique=False)


def downgrade() -> None:
    op.drop_table('emergency_look')
    op.drop_table('emergency')
