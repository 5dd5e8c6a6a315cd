"""tasks and who was told in helping firms"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0063'
down_revision = '0068'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('help_escalation',
    sa.Column('matter_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rung', sa.Text(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_escalation_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_escalation')),
    sa.UniqueConstraint('matter_id', 'due_on', 'rung', name=op.f('uq_help_escalation_matter_id_due_on_rung')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_escalation_firm_id'), 'help_escalation', ['firm_id'], unique=False)
    op.create_table('help_task',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('source_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('owner_id', sa.BigInteger(), nullable=False),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('setter', sa.Text(), nullable=False),
    sa.Column('proof', sa.Text(), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.Column('proved_on', sa.Date(), nullable=True),
    sa.Column('done_at', Instant(), nullable=True),
    sa.Column('done_by', sa.BigInteger(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'done') = (done_at IS NOT NULL)", name=op.f('ck_help_task_done')),
    sa.CheckConstraint("state NOT IN ('proved', 'done') OR proof <> ''", name=op.f('ck_help_task_proof')),
    sa.CheckConstraint('done_by <> owner_id', name=op.f('ck_help_task_two_people')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_task_firm_id_firm')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_help_task_owner_id_account')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_help_task_paper_id_paper')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_task')),
    sa.UniqueConstraint('number', name=op.f('uq_help_task_number')),
    sqlite_strict=True
    )
    op.create_index('ix_help_task_due', 'help_task', ['state', 'due_on'], unique=False)
    op.create_index(op.f('ix_help_task_firm_id'), 'help_task', ['firm_id'], unique=False)
    op.create_index(op.f('ix_help_task_owner_id'), 'help_task', ['owner_id'], unique=False)
    op.create_index('ix_help_task_source', 'help_task', ['source', 'source_id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_help_task_source', table_name='help_task')
    op.drop_index(op.f('ix_help_task_owner_id'), table_name='help_task')
    op.drop_index(op.f('ix_help_task_firm_id'), table_name='help_task')
    op.drop_index('ix_help_task_due', table_name='help_task')
    op.drop_table('help_task')
    op.drop_index(op.f('ix_help_escalation_firm_id'), table_name='help_escalation')
    op.drop_table('help_escalation')
