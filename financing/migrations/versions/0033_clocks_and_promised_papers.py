"""clocks and promised papers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


#: Deadlines that run now become clocks: opaque ids may be shared between tables. The day stands as the firm was told.
RUNNING = """
    INSERT INTO clock (id, version, need_id, firm_id, step, started_on, days, due_on, provisional, extended, delay_why, delay_by)
    SELECT id, 1, id, firm_id,
           CASE state WHEN 'submitted' THEN 'handling' WHEN 'accepted' THEN 'scoring' WHEN 'scored' THEN 'opening' ELSE 'deferral' END,
           CASE WHEN submitted_on < due_on THEN submitted_on ELSE due_on END, 5, due_on, provisional, 0, '', ''
    FROM need WHERE due_on IS NOT NULL AND state IN ('submitted', 'accepted', 'scored', 'committee')
"""


def upgrade() -> None:
    op.create_table('post',
    sa.Column('rung', sa.Text(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_post_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_post')),
    sqlite_strict=True
    )
    op.create_table('clock',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('days', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('extended', sa.BigInteger(), nullable=False),
    sa.Column('paused_on', sa.Date(), nullable=True),
    sa.Column('stopped_on', sa.Date(), nullable=True),
    sa.Column('delay', sa.Text(), nullable=True),
    sa.Column('delay_why', sa.Text(), nullable=False),
    sa.Column('delay_by', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('days >= 0 AND extended >= 0', name=op.f('ck_clock_days')),
    sa.CheckConstraint('due_on >= started_on', name=op.f('ck_clock_due')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_clock_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_clock_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_clock_firm_id'), 'clock', ['firm_id'], unique=False)
    op.create_index(op.f('ix_clock_need_id'), 'clock', ['need_id'], unique=False)
    op.create_index('uq_clock_running', 'clock', ['need_id'], unique=True, sqlite_where=sa.text('stopped_on IS NULL'), postgresql_where=sa.text('stopped_on IS NULL'))
    op.create_table('owed_paper',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('form', sa.Text(), nullable=False),
    sa.Column('step', sa.Text(), nullable=False),
    sa.Column('promised_at', Instant(), nullable=False),
    sa.Column('promised_by', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('told_on', sa.Date(), nullable=True),
    sa.Column('accepted_by', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'owed') = (ended_on IS NULL)", name=op.f('ck_owed_paper_ended')),
    sa.CheckConstraint("(state = 'supplied') = (paper_id IS NOT NULL)", name=op.f('ck_owed_paper_supplied')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_owed_paper_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_owed_paper_need_id_need')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_owed_paper_paper_id_paper')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_owed_paper')),
    sa.UniqueConstraint('need_id', 'kind', name=op.f('uq_owed_paper_need_id_kind')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_owed_paper_firm_id'), 'owed_paper', ['firm_id'], unique=False)
    op.create_index(op.f('ix_owed_paper_need_id'), 'owed_paper', ['need_id'], unique=False)
    op.create_table('paper_use',
    sa.Column('paper_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('act', sa.Text(), nullable=False),
    sa.Column('used_on', sa.Date(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_paper_use_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_paper_use_need_id_need')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_paper_use_paper_id_paper')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_paper_use')),
    sa.UniqueConstraint('paper_id', 'need_id', 'act', name=op.f('uq_paper_use_paper_id_need_id_act')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_paper_use_firm_id'), 'paper_use', ['firm_id'], unique=False)
    op.create_index(op.f('ix_paper_use_need_id'), 'paper_use', ['need_id'], unique=False)
    op.create_table('clock_extension',
    sa.Column('clock_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('days', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'asked') = (decided_by IS NULL)", name=op.f('ck_clock_extension_decided')),
    sa.CheckConstraint('days > 0', name=op.f('ck_clock_extension_days')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_clock_extension_two')),
    sa.ForeignKeyConstraint(['clock_id'], ['clock.id'], name=op.f('fk_clock_extension_clock_id_clock')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_clock_extension_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_clock_extension_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_extension')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_clock_extension_clock_id'), 'clock_extension', ['clock_id'], unique=False)
    op.create_index(op.f('ix_clock_extension_firm_id'), 'clock_extension', ['firm_id'], unique=False)
    op.create_index(op.f('ix_clock_extension_need_id'), 'clock_extension', ['need_id'], unique=False)
    op.create_index('uq_clock_extension_asked', 'clock_extension', ['clock_id'], unique=True, sqlite_where=sa.text('decided_by IS NULL'), postgresql_where=sa.text('decided_by IS NULL'))
    op.create_table('clock_halt',
    sa.Column('clock_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('evidence', sa.Text(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('due_before', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('due_after', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(until IS NULL) = (due_after IS NULL)', name=op.f('ck_clock_halt_ended')),
    sa.CheckConstraint('until >= since AND due_after >= due_before', name=op.f('ck_clock_halt_days')),
    sa.ForeignKeyConstraint(['clock_id'], ['clock.id'], name=op.f('fk_clock_halt_clock_id_clock')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_clock_halt_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_clock_halt_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_clock_halt')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_clock_halt_clock_id'), 'clock_halt', ['clock_id'], unique=False)
    op.create_index(op.f('ix_clock_halt_need_id'), 'clock_halt', ['need_id'], unique=False)
    op.create_index('uq_clock_halt_standing', 'clock_halt', ['clock_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.create_table('escalation',
    sa.Column('clock_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rung', sa.Text(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['clock_id'], ['clock.id'], name=op.f('fk_escalation_clock_id_clock')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_escalation_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_escalation_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_escalation')),
    sa.UniqueConstraint('clock_id', 'due_on', 'rung', name=op.f('uq_escalation_clock_id_due_on_rung')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_escalation_need_id'), 'escalation', ['need_id'], unique=False)
    op.add_column('paper', sa.Column('expires_on', sa.Date(), nullable=True))
    op.add_column('paper', sa.Column('replaces_id', sa.BigInteger(), nullable=True))
    op.add_column('paper', sa.Column('unfit', sa.Text(), nullable=True))
    op.add_column('paper', sa.Column('unfit_by', sa.Text(), nullable=True))
    op.add_column('paper', sa.Column('unfit_at', Instant(), nullable=True))
    op.execute(RUNNING)


def downgrade() -> None:
    op.drop_column('paper', 'unfit_at')
    op.drop_column('paper', 'unfit_by')
    op.drop_column('paper', 'unfit')
    op.drop_column('paper', 'replaces_id')
    op.drop_column('paper', 'expires_on')
    op.drop_index(op.f('ix_escalation_need_id'), table_name='escalation')
    op.drop_table('escalation')
    op.drop_index('uq_clock_halt_standing', table_name='clock_halt', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.drop_index(op.f('ix_clock_halt_need_id'), table_name='clock_halt')
    op.drop_index(op.f('ix_clock_halt_clock_id'), table_name='clock_halt')
    op.drop_table('clock_halt')
    op.drop_index('uq_clock_extension_asked', table_name='clock_extension', sqlite_where=sa.text('decided_by IS NULL'), postgresql_where=sa.text('decided_by IS NULL'))
    op.drop_index(op.f('ix_clock_extension_need_id'), table_name='clock_extension')
    op.drop_index(op.f('ix_clock_extension_firm_id'), table_name='clock_extension')
    op.drop_index(op.f('ix_clock_extension_clock_id'), table_name='clock_extension')
    op.drop_table('clock_extension')
    op.drop_index(op.f('ix_paper_use_need_id'), table_name='paper_use')
    op.drop_index(op.f('ix_paper_use_firm_id'), table_name='paper_use')
    op.drop_table('paper_use')
    op.drop_index(op.f('ix_owed_paper_need_id'), table_name='owed_paper')
    op.drop_index(op.f('ix_owed_paper_firm_id'), table_name='owed_paper')
    op.drop_table('owed_paper')
    op.drop_index('uq_clock_running', table_name='clock', sqlite_where=sa.text('stopped_on IS NULL'), postgresql_where=sa.text('stopped_on IS NULL'))
    op.drop_index(op.f('ix_clock_need_id'), table_name='clock')
    op.drop_index(op.f('ix_clock_firm_id'), table_name='clock')
    op.drop_table('clock')
    op.drop_table('post')
