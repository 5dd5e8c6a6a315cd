"""meetings of the rhythm, and what they decided"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0066'
down_revision = '0063'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('dispatch',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('span', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('convened_on', sa.Date(), nullable=False),
    sa.Column('convened_at', Instant(), nullable=False),
    sa.Column('close_by', sa.Date(), nullable=False),
    sa.Column('record', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=True),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('joined_id', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('since <= until AND held_on <= until AND convened_on >= held_on AND close_by >= convened_on', name=op.f('ck_dispatch_days')),
    sa.CheckConstraint("(state = 'joined') = (joined_id IS NOT NULL)", name=op.f('ck_dispatch_joined')),
    sa.CheckConstraint('joined_id <> id', name=op.f('ck_dispatch_other')),
    sa.CheckConstraint("(state = 'closed') = (decided_by IS NOT NULL)", name=op.f('ck_dispatch_closed')),
    sa.CheckConstraint("state NOT IN ('minuted', 'closed') OR (proposed_by IS NOT NULL AND minutes <> '')", name=op.f('ck_dispatch_minuted')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_dispatch_two_people')),
    sa.ForeignKeyConstraint(['joined_id'], ['dispatch.id'], name=op.f('fk_dispatch_joined_id_dispatch')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch')),
    sa.UniqueConstraint('number', name=op.f('uq_dispatch_number')),
    sa.UniqueConstraint('span', 'until', name=op.f('uq_dispatch_span_until')),
    sqlite_strict=True
    )
    op.create_table('dispatch_decision',
    sa.Column('dispatch_id', sa.BigInteger(), nullable=False),
    sa.Column('item', sa.BigInteger(), nullable=False),
    sa.Column('said', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.BigInteger(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('task_id', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("item >= 0 AND said <> ''", name=op.f('ck_dispatch_decision_said')),
    sa.ForeignKeyConstraint(['dispatch_id'], ['dispatch.id'], name=op.f('fk_dispatch_decision_dispatch_id_dispatch')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_dispatch_decision_owner_id_account')),
    sa.ForeignKeyConstraint(['task_id'], ['help_task.id'], name=op.f('fk_dispatch_decision_task_id_help_task')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_dispatch_decision')),
    sa.UniqueConstraint('task_id', name=op.f('uq_dispatch_decision_task_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_dispatch_decision_dispatch_id'), 'dispatch_decision', ['dispatch_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_dispatch_decision_dispatch_id'), table_name='dispatch_decision')
    op.drop_table('dispatch_decision')
    op.drop_table('dispatch')
