"""helpers, plans, requests, appointments and the yearly survey"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0064'
down_revision = '0069'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('help_survey',
    sa.Column('year', sa.BigInteger(), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('opened_at', Instant(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_survey')),
    sa.UniqueConstraint('year', name=op.f('uq_help_survey_year')),
    sqlite_strict=True
    )
    op.create_table('help_goal',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('year', sa.BigInteger(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.BigInteger(), nullable=True),
    sa.Column('owner', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('answer_id', sa.BigInteger(), nullable=True),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'open') = (ended_on IS NULL)", name=op.f('ck_help_goal_ended')),
    sa.CheckConstraint("state <> 'dropped' OR why <> ''", name=op.f('ck_help_goal_why')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_goal_firm_id_firm')),
    sa.ForeignKeyConstraint(['owner_id'], ['account.id'], name=op.f('fk_help_goal_owner_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_goal')),
    sa.UniqueConstraint('answer_id', 'topic', name=op.f('uq_help_goal_answer_id_topic')),
    sqlite_strict=True
    )
    op.create_index('ix_help_goal_due', 'help_goal', ['state', 'due_on'], unique=False)
    op.create_index(op.f('ix_help_goal_firm_id'), 'help_goal', ['firm_id'], unique=False)
    op.create_table('help_helper',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('unit', sa.Text(), nullable=False),
    sa.Column('phone', sa.Text(), nullable=False),
    sa.Column('skills', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('takes', sa.Boolean(), nullable=False),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_help_helper_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_helper')),
    sa.UniqueConstraint('user_id', name=op.f('uq_help_helper_user_id')),
    sqlite_strict=True
    )
    op.create_table('help_pairing',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('leader_id', sa.BigInteger(), nullable=False),
    sa.Column('leader', sa.Text(), nullable=False),
    sa.Column('helper_id', sa.BigInteger(), nullable=False),
    sa.Column('helper', sa.Text(), nullable=False),
    sa.Column('deputy_id', sa.BigInteger(), nullable=False),
    sa.Column('deputy', sa.Text(), nullable=False),
    sa.Column('team', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('reasons', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('deputy_id <> helper_id', name=op.f('ck_help_pairing_deputy')),
    sa.CheckConstraint('until >= since', name=op.f('ck_help_pairing_days')),
    sa.ForeignKeyConstraint(['deputy_id'], ['account.id'], name=op.f('fk_help_pairing_deputy_id_account')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_pairing_firm_id_firm')),
    sa.ForeignKeyConstraint(['helper_id'], ['account.id'], name=op.f('fk_help_pairing_helper_id_account')),
    sa.ForeignKeyConstraint(['leader_id'], ['account.id'], name=op.f('fk_help_pairing_leader_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_pairing')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_pairing_firm_id'), 'help_pairing', ['firm_id'], unique=False)
    op.create_index('ix_help_pairing_helper', 'help_pairing', ['helper_id', 'until'], unique=False)
    op.create_index('uq_help_pairing_standing', 'help_pairing', ['firm_id'], unique=True, sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.create_table('help_request',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('raised_at', Instant(), nullable=False),
    sa.Column('raised_by', sa.BigInteger(), nullable=False),
    sa.Column('raiser', sa.Text(), nullable=False),
    sa.Column('sign_by', Instant(), nullable=False),
    sa.Column('helper_id', sa.BigInteger(), nullable=True),
    sa.Column('helper', sa.Text(), nullable=False),
    sa.Column('source_id', sa.BigInteger(), nullable=True),
    sa.Column('span', sa.Text(), nullable=True),
    sa.Column('signed_at', Instant(), nullable=True),
    sa.Column('signer', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=True),
    sa.Column('first_due_on', sa.Date(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('first_answered_on', sa.Date(), nullable=True),
    sa.Column('reopened_at', Instant(), nullable=True),
    sa.Column('reminded_on', sa.Date(), nullable=True),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state IN ('closed', 'withdrawn')) = (ended_at IS NOT NULL)", name=op.f('ck_help_request_ended')),
    sa.CheckConstraint("state IN ('raised', 'withdrawn') OR (signed_at IS NOT NULL AND span IS NOT NULL)", name=op.f('ck_help_request_signed')),
    sa.CheckConstraint("state NOT IN ('answered', 'reopened', 'final', 'closed') OR answer <> ''", name=op.f('ck_help_request_answer')),
    sa.CheckConstraint("state NOT IN ('reopened', 'final') OR reopened_at IS NOT NULL", name=op.f('ck_help_request_reopened')),
    sa.CheckConstraint('(signed_at IS NULL) = (due_on IS NULL)', name=op.f('ck_help_request_due')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_request_firm_id_firm')),
    sa.ForeignKeyConstraint(['helper_id'], ['account.id'], name=op.f('fk_help_request_helper_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_request')),
    sa.UniqueConstraint('number', name=op.f('uq_help_request_number')),
    sa.UniqueConstraint('source_id', 'topic', name=op.f('uq_help_request_source_id_topic')),
    sqlite_strict=True
    )
    op.create_index('ix_help_request_due', 'help_request', ['state', 'due_on'], unique=False)
    op.create_index(op.f('ix_help_request_firm_id'), 'help_request', ['firm_id'], unique=False)
    op.create_index('ix_help_request_helper', 'help_request', ['helper_id', 'state'], unique=False)
    op.create_table('help_slot',
    sa.Column('leader_id', sa.BigInteger(), nullable=False),
    sa.Column('leader', sa.Text(), nullable=False),
    sa.Column('starts_at', Instant(), nullable=False),
    sa.Column('minutes', sa.BigInteger(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('published_at', Instant(), nullable=False),
    sa.Column('published_by', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('minutes BETWEEN 10 AND 240', name=op.f('ck_help_slot_minutes')),
    sa.ForeignKeyConstraint(['leader_id'], ['account.id'], name=op.f('fk_help_slot_leader_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_slot')),
    sqlite_strict=True
    )
    op.create_index('ix_help_slot_open', 'help_slot', ['state', 'starts_at'], unique=False)
    op.create_index('uq_help_slot_offered', 'help_slot', ['leader_id', 'starts_at'], unique=True, sqlite_where=sa.text("state <> 'withdrawn'"), postgresql_where=sa.text("state <> 'withdrawn'"))
    op.create_table('help_survey_answer',
    sa.Column('survey_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('answers', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('on_paper', sa.Boolean(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_survey_answer_firm_id_firm')),
    sa.ForeignKeyConstraint(['survey_id'], ['help_survey.id'], name=op.f('fk_help_survey_answer_survey_id_help_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_survey_answer')),
    sa.UniqueConstraint('survey_id', 'firm_id', name=op.f('uq_help_survey_answer_survey_id_firm_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_survey_answer_firm_id'), 'help_survey_answer', ['firm_id'], unique=False)
    op.create_table('help_survey_reminder',
    sa.Column('survey_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('mark', sa.BigInteger(), nullable=False),
    sa.Column('told_on', sa.Date(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_survey_reminder_firm_id_firm')),
    sa.ForeignKeyConstraint(['survey_id'], ['help_survey.id'], name=op.f('fk_help_survey_reminder_survey_id_help_survey')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_survey_reminder')),
    sa.UniqueConstraint('survey_id', 'firm_id', 'mark', name=op.f('uq_help_survey_reminder_survey_id_firm_id_mark')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_survey_reminder_firm_id'), 'help_survey_reminder', ['firm_id'], unique=False)
    op.create_table('help_visit',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('visited_on', sa.Date(), nullable=False),
    sa.Column('met', sa.Text(), nullable=False),
    sa.Column('found', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_visit_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_visit')),
    sqlite_strict=True
    )
    op.create_index('ix_help_visit_by', 'help_visit', ['by', 'visited_on'], unique=False)
    op.create_index(op.f('ix_help_visit_firm_id'), 'help_visit', ['firm_id'], unique=False)
    op.create_table('help_appointment',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('slot_id', sa.BigInteger(), nullable=False),
    sa.Column('leader_id', sa.BigInteger(), nullable=False),
    sa.Column('leader', sa.Text(), nullable=False),
    sa.Column('starts_at', Instant(), nullable=False),
    sa.Column('place', sa.Text(), nullable=False),
    sa.Column('topic', sa.Text(), nullable=False),
    sa.Column('matter', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('answer_by', sa.Date(), nullable=False),
    sa.Column('hold_by', sa.Date(), nullable=False),
    sa.Column('accepted_at', Instant(), nullable=True),
    sa.Column('shifted', sa.BigInteger(), nullable=False),
    sa.Column('minutes', sa.Text(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('request_id', sa.BigInteger(), nullable=True),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('ender', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("state <> 'held' OR minutes <> ''", name=op.f('ck_help_appointment_minutes')),
    sa.CheckConstraint("state IN ('asked', 'accepted') OR ended_at IS NOT NULL", name=op.f('ck_help_appointment_ended')),
    sa.CheckConstraint("state NOT IN ('cancelled', 'referred') OR why <> ''", name=op.f('ck_help_appointment_why')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_appointment_firm_id_firm')),
    sa.ForeignKeyConstraint(['leader_id'], ['account.id'], name=op.f('fk_help_appointment_leader_id_account')),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name=op.f('fk_help_appointment_request_id_help_request')),
    sa.ForeignKeyConstraint(['slot_id'], ['help_slot.id'], name=op.f('fk_help_appointment_slot_id_help_slot')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_appointment')),
    sa.UniqueConstraint('number', name=op.f('uq_help_appointment_number')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_appointment_firm_id'), 'help_appointment', ['firm_id'], unique=False)
    op.create_index('ix_help_appointment_leader', 'help_appointment', ['leader_id', 'state'], unique=False)
    op.create_index('uq_help_appointment_slot', 'help_appointment', ['slot_id'], unique=True, sqlite_where=sa.text("state IN ('asked', 'accepted')"), postgresql_where=sa.text("state IN ('asked', 'accepted')"))
    op.create_table('help_goal_note',
    sa.Column('goal_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_goal_note_firm_id_firm')),
    sa.ForeignKeyConstraint(['goal_id'], ['help_goal.id'], name=op.f('fk_help_goal_note_goal_id_help_goal')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_goal_note')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_goal_note_goal_id'), 'help_goal_note', ['goal_id'], unique=False)
    op.create_table('help_rating',
    sa.Column('request_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('helper_id', sa.BigInteger(), nullable=True),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('given_at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_rating_firm_id_firm')),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name=op.f('fk_help_rating_request_id_help_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_rating')),
    sa.UniqueConstraint('request_id', name=op.f('uq_help_rating_request_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_rating_firm_id'), 'help_rating', ['firm_id'], unique=False)
    op.create_index('ix_help_rating_helper', 'help_rating', ['helper_id', 'given_on'], unique=False)
    op.create_table('help_word',
    sa.Column('request_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('side', sa.Text(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('paper_id', sa.BigInteger(), nullable=True),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_word_firm_id_firm')),
    sa.ForeignKeyConstraint(['paper_id'], ['paper.id'], name=op.f('fk_help_word_paper_id_paper')),
    sa.ForeignKeyConstraint(['request_id'], ['help_request.id'], name=op.f('fk_help_word_request_id_help_request')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_word')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_help_word_request_id'), 'help_word', ['request_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_help_word_request_id'), table_name='help_word')
    op.drop_table('help_word')
    op.drop_index('ix_help_rating_helper', table_name='help_rating')
    op.drop_index(op.f('ix_help_rating_firm_id'), table_name='help_rating')
    op.drop_table('help_rating')
    op.drop_index(op.f('ix_help_goal_note_goal_id'), table_name='help_goal_note')
    op.drop_table('help_goal_note')
    op.drop_index('uq_help_appointment_slot', table_name='help_appointment', sqlite_where=sa.text("state IN ('asked', 'accepted')"), postgresql_where=sa.text("state IN ('asked', 'accepted')"))
    op.drop_index('ix_help_appointment_leader', table_name='help_appointment')
    op.drop_index(op.f('ix_help_appointment_firm_id'), table_name='help_appointment')
    op.drop_table('help_appointment')
    op.drop_index(op.f('ix_help_visit_firm_id'), table_name='help_visit')
    op.drop_index('ix_help_visit_by', table_name='help_visit')
    op.drop_table('help_visit')
    op.drop_index(op.f('ix_help_survey_reminder_firm_id'), table_name='help_survey_reminder')
    op.drop_table('help_survey_reminder')
    op.drop_index(op.f('ix_help_survey_answer_firm_id'), table_name='help_survey_answer')
    op.drop_table('help_survey_answer')
    op.drop_index('uq_help_slot_offered', table_name='help_slot', sqlite_where=sa.text("state <> 'withdrawn'"), postgresql_where=sa.text("state <> 'withdrawn'"))
    op.drop_index('ix_help_slot_open', table_name='help_slot')
    op.drop_table('help_slot')
    op.drop_index('ix_help_request_helper', table_name='help_request')
    op.drop_index(op.f('ix_help_request_firm_id'), table_name='help_request')
    op.drop_index('ix_help_request_due', table_name='help_request')
    op.drop_table('help_request')
    op.drop_index('uq_help_pairing_standing', table_name='help_pairing', sqlite_where=sa.text('until IS NULL'), postgresql_where=sa.text('until IS NULL'))
    op.drop_index('ix_help_pairing_helper', table_name='help_pairing')
    op.drop_index(op.f('ix_help_pairing_firm_id'), table_name='help_pairing')
    op.drop_table('help_pairing')
    op.drop_table('help_helper')
    op.drop_index(op.f('ix_help_goal_firm_id'), table_name='help_goal')
    op.drop_index('ix_help_goal_due', table_name='help_goal')
    op.drop_table('help_goal')
    op.drop_table('help_survey')
