"""notices by every way and settings by date"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('setting_entry',
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
    sa.Column('entered_at', Instant(), nullable=False),
    sa.Column('entered_by', sa.BigInteger(), nullable=False),
    sa.Column('enterer', sa.Text(), nullable=False),
    sa.Column('confirmed_by', sa.BigInteger(), nullable=True),
    sa.Column('confirmer', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("kind <> 'figure' OR (confirmed_by IS NOT NULL AND confirmed_by <> entered_by)", name=op.f('ck_setting_entry_two')),
    sa.CheckConstraint("kind = 'figure' OR value <= 1", name=op.f('ck_setting_entry_open')),
    sa.CheckConstraint('value >= 0', name=op.f('ck_setting_entry_value')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_setting_entry')),
    sa.UniqueConstraint('seq', name=op.f('uq_setting_entry_seq')),
    sqlite_strict=True
    )
    op.create_table('setting_proposal',
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('before', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('confidence', sa.Text(), nullable=False),
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
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_setting_proposal_decided')),
    sa.CheckConstraint('proposed_by <> decided_by', name=op.f('ck_setting_proposal_two_people')),
    sa.CheckConstraint('value >= 0', name=op.f('ck_setting_proposal_value')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_setting_proposal')),
    sqlite_strict=True
    )
    op.create_index('uq_setting_proposal_open', 'setting_proposal', ['key'], unique=True, sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.create_table('notice_address',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('medium', sa.Text(), nullable=False),
    sa.Column('robot', sa.Text(), nullable=True),
    sa.Column('target', sa.Text(), nullable=False),
    sa.Column('secret', sa.Text(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('tries', sa.BigInteger(), nullable=False),
    sa.Column('confirmed_at', Instant(), nullable=True),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('trouble', sa.Text(), nullable=True),
    sa.Column('trouble_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(medium = 'chat') = (robot IS NOT NULL)", name=op.f('ck_notice_address_robot')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_notice_address_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_address')),
    sqlite_strict=True
    )
    op.create_index('uq_notice_address_live', 'notice_address', ['user_id', 'medium'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('notice_habit',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('lang', sa.Text(), nullable=False),
    sa.Column('hour', sa.BigInteger(), nullable=False),
    sa.Column('workdays', sa.Boolean(), nullable=False),
    sa.Column('quiet_from', sa.BigInteger(), nullable=False),
    sa.Column('quiet_until', sa.BigInteger(), nullable=False),
    sa.Column('paces', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('hour BETWEEN 0 AND 23 AND quiet_from BETWEEN 0 AND 23 AND quiet_until BETWEEN 0 AND 23', name=op.f('ck_notice_habit_hours')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_notice_habit_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_habit')),
    sa.UniqueConstraint('user_id', name=op.f('uq_notice_habit_user_id')),
    sqlite_strict=True
    )
    op.create_table('notice_parcel',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('address_id', sa.BigInteger(), nullable=False),
    sa.Column('medium', sa.Text(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('made_at', Instant(), nullable=False),
    sa.Column('due_at', Instant(), nullable=False),
    sa.Column('tries', sa.BigInteger(), nullable=False),
    sa.Column('fate', sa.Text(), nullable=False),
    sa.Column('trouble', sa.Text(), nullable=True),
    sa.Column('sent_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(fate = 'sent') = (sent_at IS NOT NULL)", name=op.f('ck_notice_parcel_sent')),
    sa.ForeignKeyConstraint(['address_id'], ['notice_address.id'], name=op.f('fk_notice_parcel_address_id_notice_address')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_notice_parcel_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_parcel')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_notice_parcel_address_id'), 'notice_parcel', ['address_id'], unique=False)
    op.create_index('ix_notice_parcel_due', 'notice_parcel', ['fate', 'due_at'], unique=False)
    op.create_index('uq_notice_parcel_digest', 'notice_parcel', ['address_id', 'due_at'], unique=True, sqlite_where=sa.text("kind = 'digest'"), postgresql_where=sa.text("kind = 'digest'"))
    op.create_table('notice_delivery',
    sa.Column('notice_id', sa.BigInteger(), nullable=False),
    sa.Column('medium', sa.Text(), nullable=False),
    sa.Column('parcel_id', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['notice_id'], ['notice.id'], name=op.f('fk_notice_delivery_notice_id_notice')),
    sa.ForeignKeyConstraint(['parcel_id'], ['notice_parcel.id'], name=op.f('fk_notice_delivery_parcel_id_notice_parcel')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_notice_delivery')),
    sa.UniqueConstraint('notice_id', 'medium', name=op.f('uq_notice_delivery_notice_id_medium')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_notice_delivery_parcel_id'), 'notice_delivery', ['parcel_id'], unique=False)


def downgrade() -> None:
    op.drop_index(op.f('ix_notice_delivery_parcel_id'), table_name='notice_delivery')
    op.drop_table('notice_delivery')
    op.drop_index('uq_notice_parcel_digest', table_name='notice_parcel', sqlite_where=sa.text("kind = 'digest'"), postgresql_where=sa.text("kind = 'digest'"))
    op.drop_index('ix_notice_parcel_due', table_name='notice_parcel')
    op.drop_index(op.f('ix_notice_parcel_address_id'), table_name='notice_parcel')
    op.drop_table('notice_parcel')
    op.drop_table('notice_habit')
    op.drop_index('uq_notice_address_live', table_name='notice_address', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_table('notice_address')
    op.drop_index('uq_setting_proposal_open', table_name='setting_proposal', sqlite_where=sa.text("state = 'proposed'"), postgresql_where=sa.text("state = 'proposed'"))
    op.drop_table('setting_proposal')
    op.drop_table('setting_entry')
