"""watch and warnings"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0041'
down_revision = '0046'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('watch_escalation',
    sa.Column('matter_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=True),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('rung', sa.Text(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_watch_escalation_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_watch_escalation_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_escalation')),
    sa.UniqueConstraint('matter_id', 'due_on', 'rung', name=op.f('uq_watch_escalation_matter_id_due_on_rung')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_watch_escalation_firm_id'), 'watch_escalation', ['firm_id'], unique=False)
    op.create_index(op.f('ix_watch_escalation_need_id'), 'watch_escalation', ['need_id'], unique=False)
    op.create_table('outside_fact',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('on', sa.Date(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('origin', sa.Text(), nullable=False),
    sa.Column('security_id', sa.BigInteger(), nullable=True),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(kind = 'registration') = (security_id IS NOT NULL)", name=op.f('ck_outside_fact_security')),
    sa.CheckConstraint("(kind = 'registration') = (until IS NOT NULL)", name=op.f('ck_outside_fact_until')),
    sa.CheckConstraint('value >= 0', name=op.f('ck_outside_fact_value')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_outside_fact_firm_id_firm')),
    sa.ForeignKeyConstraint(['security_id'], ['counter_guarantee.id'], name=op.f('fk_outside_fact_security_id_counter_guarantee')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outside_fact')),
    sqlite_strict=True
    )
    op.create_index('ix_outside_fact_newest', 'outside_fact', ['firm_id', 'kind', 'on'], unique=False)
    op.create_table('warning',
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=True),
    sa.Column('need_id', sa.BigInteger(), nullable=True),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=True),
    sa.Column('rule', sa.Text(), nullable=False),
    sa.Column('level', sa.Text(), nullable=False),
    sa.Column('worsens', sa.Text(), nullable=False),
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('evidence', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('found_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('closing', sa.Text(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=True),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('closed_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'closed') = (closed_on IS NOT NULL)", name=op.f('ck_warning_closed')),
    sa.CheckConstraint("level <> 'red' OR state <> 'closed' OR decided_by IS NOT NULL", name=op.f('ck_warning_red')),
    sa.CheckConstraint("state = 'open' OR (closing IS NOT NULL AND why <> '' AND proposed_by IS NOT NULL)", name=op.f('ck_warning_reason')),
    sa.CheckConstraint('decided_by <> proposed_by', name=op.f('ck_warning_two_people')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_warning_bank_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_warning_firm_id_firm')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_warning_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_warning_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_warning')),
    sa.UniqueConstraint('subject_id', 'rule', 'mark', name=op.f('uq_warning_subject_id_rule_mark')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_warning_bank_id'), 'warning', ['bank_id'], unique=False)
    op.create_index(op.f('ix_warning_firm_id'), 'warning', ['firm_id'], unique=False)
    op.create_index(op.f('ix_warning_guarantee_id'), 'warning', ['guarantee_id'], unique=False)
    op.create_index(op.f('ix_warning_need_id'), 'warning', ['need_id'], unique=False)
    op.create_index('ix_warning_open', 'warning', ['state', 'due_on'], unique=False)
    op.create_index('uq_warning_standing', 'warning', ['subject_id', 'rule'], unique=True, sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
    op.create_table('watch_check',
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('risk', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'due') = (ended_on IS NULL)", name=op.f('ck_watch_check_ended')),
    sa.CheckConstraint('since <= due_on', name=op.f('ck_watch_check_days')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_watch_check_bank_id_bank')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_watch_check_firm_id_firm')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_watch_check_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_watch_check_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_check')),
    sa.UniqueConstraint('guarantee_id', 'number', name=op.f('uq_watch_check_guarantee_id_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_watch_check_bank_id'), 'watch_check', ['bank_id'], unique=False)
    op.create_index('ix_watch_check_due', 'watch_check', ['state', 'due_on'], unique=False)
    op.create_index(op.f('ix_watch_check_firm_id'), 'watch_check', ['firm_id'], unique=False)
    op.create_index(op.f('ix_watch_check_need_id'), 'watch_check', ['need_id'], unique=False)
    op.create_index('uq_watch_check_due', 'watch_check', ['guarantee_id'], unique=True, sqlite_where=sa.text("state = 'due'"), postgresql_where=sa.text("state = 'due'"))
    op.create_table('watch_visit',
    sa.Column('check_id', sa.BigInteger(), nullable=False),
    sa.Column('guarantee_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_name', sa.Text(), nullable=False),
    sa.Column('second_id', sa.BigInteger(), nullable=True),
    sa.Column('second_name', sa.Text(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('met', sa.Text(), nullable=False),
    sa.Column('found', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('staff', sa.BigInteger(), nullable=True),
    sa.Column('papers', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('risk', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('second_id <> officer_id', name=op.f('ck_watch_visit_two_people')),
    sa.CheckConstraint('staff >= 0', name=op.f('ck_watch_visit_staff')),
    sa.ForeignKeyConstraint(['check_id'], ['watch_check.id'], name=op.f('fk_watch_visit_check_id_watch_check')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_watch_visit_firm_id_firm')),
    sa.ForeignKeyConstraint(['guarantee_id'], ['guarantee.id'], name=op.f('fk_watch_visit_guarantee_id_guarantee')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_watch_visit_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_watch_visit')),
    sa.UniqueConstraint('check_id', name=op.f('uq_watch_visit_check_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_watch_visit_firm_id'), 'watch_visit', ['firm_id'], unique=False)
    op.create_index('ix_watch_visit_guarantee', 'watch_visit', ['guarantee_id', 'visited_on'], unique=False)
    op.create_index(op.f('ix_watch_visit_need_id'), 'watch_visit', ['need_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_watch_visit_need_id'), table_name='watch_visit')
    op.drop_index('ix_watch_visit_guarantee', table_name='watch_visit')
    op.drop_index(op.f('ix_watch_visit_firm_id'), table_name='watch_visit')
    op.drop_table('watch_visit')
    op.drop_index('uq_watch_check_due', table_name='watch_check', sqlite_where=sa.text("state = 'due'"), postgresql_where=sa.text("state = 'due'"))
    op.drop_index(op.f('ix_watch_check_need_id'), table_name='watch_check')
    op.drop_index(op.f('ix_watch_check_firm_id'), table_name='watch_check')
    op.drop_index('ix_watch_check_due', table_name='watch_check')
    op.drop_index(op.f('ix_watch_check_bank_id'), table_name='watch_check')
    op.drop_table('watch_check')
    op.drop_index('uq_warning_standing', table_name='warning', sqlite_where=sa.text("state <> 'closed'"), postgresql_where=sa.text("state <> 'closed'"))
    op.drop_index('ix_warning_open', table_name='warning')
    op.drop_index(op.f('ix_warning_need_id'), table_name='warning')
    op.drop_index(op.f('ix_warning_guarantee_id'), table_name='warning')
    op.drop_index(op.f('ix_warning_firm_id'), table_name='warning')
    op.drop_index(op.f('ix_warning_bank_id'), table_name='warning')
    op.drop_table('warning')
    op.drop_index('ix_outside_fact_newest', table_name='outside_fact')
    op.drop_table('outside_fact')
    op.drop_index(op.f('ix_watch_escalation_need_id'), table_name='watch_escalation')
    op.drop_index(op.f('ix_watch_escalation_firm_id'), table_name='watch_escalation')
    op.drop_table('watch_escalation')
