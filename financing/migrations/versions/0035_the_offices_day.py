"""the office's day"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('call_draw',
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('seed', sa.Text(), nullable=False),
    sa.Column('line', sa.BigInteger(), nullable=False),
    sa.Column('share', sa.BigInteger(), nullable=False),
    sa.Column('pool', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('drawn', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_draw')),
    sa.UniqueConstraint('month', name=op.f('uq_call_draw_month')),
    sqlite_strict=True
    )
    op.create_table('hand_over',
    sa.Column('from_id', sa.BigInteger(), nullable=True),
    sa.Column('from_name', sa.Text(), nullable=False),
    sa.Column('to_id', sa.BigInteger(), nullable=False),
    sa.Column('to_name', sa.Text(), nullable=False),
    sa.Column('whole', sa.Boolean(), nullable=False),
    sa.Column('needs', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('moved', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('left', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'offered') = (answered_at IS NULL)", name=op.f('ck_hand_over_answered')),
    sa.CheckConstraint('from_id <> to_id', name=op.f('ck_hand_over_two_people')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_hand_over')),
    sqlite_strict=True
    )
    op.create_index('ix_hand_over_to', 'hand_over', ['to_id', 'state'], unique=False)
    op.create_table('bulk_run',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('deed', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('rows', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_bulk_run_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_bulk_run')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_bulk_run_user_id'), 'bulk_run', ['user_id'], unique=False)
    op.create_table('deputy',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('deputy_id', sa.BigInteger(), nullable=False),
    sa.Column('deputy', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('since <= until', name=op.f('ck_deputy_days')),
    sa.CheckConstraint('user_id <> deputy_id', name=op.f('ck_deputy_two_people')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_deputy_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deputy')),
    sqlite_strict=True
    )
    op.create_index('ix_deputy_days', 'deputy', ['deputy_id', 'until'], unique=False)
    op.create_index(op.f('ix_deputy_user_id'), 'deputy', ['user_id'], unique=False)
    op.create_table('kept_view',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('page', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('query', sa.Text(), nullable=False),
    sa.Column('shared', sa.Boolean(), nullable=False),
    sa.Column('made_at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_kept_view_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_kept_view')),
    sa.UniqueConstraint('user_id', 'page', 'name', name=op.f('uq_kept_view_user_id_page_name')),
    sqlite_strict=True
    )
    op.create_index('ix_kept_view_page', 'kept_view', ['page'], unique=False)
    op.create_table('quality_finding',
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=True),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('fault', sa.Text(), nullable=False),
    sa.Column('severity', sa.Text(), nullable=False),
    sa.Column('figures', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('found_at', Instant(), nullable=False),
    sa.Column('gone_at', Instant(), nullable=True),
    sa.Column('accepted_at', Instant(), nullable=True),
    sa.Column('accepted_by', sa.BigInteger(), nullable=True),
    sa.Column('accepter', sa.Text(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(accepted_at IS NULL) = (accepted_by IS NULL)', name=op.f('ck_quality_finding_accepted')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_quality_finding_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quality_finding')),
    sa.UniqueConstraint('subject_id', 'fault', name=op.f('uq_quality_finding_subject_id_fault')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_quality_finding_firm_id'), 'quality_finding', ['firm_id'], unique=False)
    op.create_index('ix_quality_finding_open', 'quality_finding', ['gone_at', 'accepted_at', 'fault'], unique=False)
    op.create_table('life_ask',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('last_sign', sa.Date(), nullable=False),
    sa.Column('asked_on', sa.Date(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('closes_on', sa.Date(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=True),
    sa.Column('answered_at', Instant(), nullable=True),
    sa.Column('answered_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(answer IS NULL) = (answered_at IS NULL)', name=op.f('ck_life_ask_answered')),
    sa.CheckConstraint('closes_on > asked_on AND last_sign <= asked_on', name=op.f('ck_life_ask_days')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_life_ask_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_life_ask_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_life_ask')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_life_ask_firm_id'), 'life_ask', ['firm_id'], unique=False)
    op.create_index(op.f('ix_life_ask_need_id'), 'life_ask', ['need_id'], unique=False)
    op.create_index('uq_life_ask_open', 'life_ask', ['need_id'], unique=True, sqlite_where=sa.text('answer IS NULL'), postgresql_where=sa.text('answer IS NULL'))
    op.create_table('planned_step',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('what', sa.Text(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('set_at', Instant(), nullable=False),
    sa.Column('set_by', sa.BigInteger(), nullable=False),
    sa.Column('set_by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_planned_step_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_planned_step_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_planned_step')),
    sqlite_strict=True
    )
    op.create_index('ix_planned_step_need', 'planned_step', ['need_id', 'due_on'], unique=False)
    op.create_table('rating',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_id', sa.BigInteger(), nullable=True),
    sa.Column('grade', sa.Text(), nullable=False),
    sa.Column('efficiency', sa.Text(), nullable=True),
    sa.Column('guidance', sa.Text(), nullable=True),
    sa.Column('convenience', sa.Text(), nullable=True),
    sa.Column('usability', sa.Text(), nullable=True),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('given_on', sa.Date(), nullable=False),
    sa.Column('given_at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_rating_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_rating_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rating')),
    sa.UniqueConstraint('need_id', name=op.f('uq_rating_need_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_rating_firm_id'), 'rating', ['firm_id'], unique=False)
    op.create_table('call_back',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_id', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('rating_id', sa.BigInteger(), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('verified_at', Instant(), nullable=True),
    sa.Column('verified_by', sa.BigInteger(), nullable=True),
    sa.Column('true', sa.Boolean(), nullable=True),
    sa.Column('found', sa.Text(), nullable=False),
    sa.Column('rectified_on', sa.Date(), nullable=True),
    sa.Column('rectified', sa.Text(), nullable=False),
    sa.Column('missed', sa.BigInteger(), nullable=False),
    sa.Column('called_at', Instant(), nullable=True),
    sa.Column('called_by', sa.BigInteger(), nullable=True),
    sa.Column('grade', sa.Text(), nullable=True),
    sa.Column('heard', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(reason = 'bad') = (rating_id IS NOT NULL)", name=op.f('ck_call_back_rating')),
    sa.CheckConstraint("(state = 'called') = (called_at IS NOT NULL AND grade IS NOT NULL)", name=op.f('ck_call_back_called')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_call_back_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_call_back_need_id_need')),
    sa.ForeignKeyConstraint(['rating_id'], ['rating.id'], name=op.f('fk_call_back_rating_id_rating')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_back')),
    sa.UniqueConstraint('need_id', 'reason', name=op.f('uq_call_back_need_id_reason')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_call_back_firm_id'), 'call_back', ['firm_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_call_back_firm_id'), table_name='call_back')
    op.drop_table('call_back')
    op.drop_index(op.f('ix_rating_firm_id'), table_name='rating')
    op.drop_table('rating')
    op.drop_index('ix_planned_step_need', table_name='planned_step')
    op.drop_table('planned_step')
    op.drop_index('uq_life_ask_open', table_name='life_ask', sqlite_where=sa.text('answer IS NULL'), postgresql_where=sa.text('answer IS NULL'))
    op.drop_index(op.f('ix_life_ask_need_id'), table_name='life_ask')
    op.drop_index(op.f('ix_life_ask_firm_id'), table_name='life_ask')
    op.drop_table('life_ask')
    op.drop_index('ix_quality_finding_open', table_name='quality_finding')
    op.drop_index(op.f('ix_quality_finding_firm_id'), table_name='quality_finding')
    op.drop_table('quality_finding')
    op.drop_index('ix_kept_view_page', table_name='kept_view')
    op.drop_table('kept_view')
    op.drop_index(op.f('ix_deputy_user_id'), table_name='deputy')
    op.drop_index('ix_deputy_days', table_name='deputy')
    op.drop_table('deputy')
    op.drop_index(op.f('ix_bulk_run_user_id'), table_name='bulk_run')
    op.drop_table('bulk_run')
    op.drop_index('ix_hand_over_to', table_name='hand_over')
    op.drop_table('hand_over')
    op.drop_table('call_draw')
