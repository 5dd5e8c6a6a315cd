"""incidents with personal data"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from financing.db import Instant

revision = '0086'
down_revision = '0085'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('incident',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('title', sa.Text(), nullable=False),
    sa.Column('kinds', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('began_at', Instant(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=False),
    sa.Column('found_at', Instant(), nullable=False),
    sa.Column('cause', sa.Text(), nullable=False),
    sa.Column('harm', sa.Text(), nullable=False),
    sa.Column('measures', sa.Text(), nullable=False),
    sa.Column('can_do', sa.Text(), nullable=False),
    sa.Column('reach_us', sa.Text(), nullable=False),
    sa.Column('report_by', Instant(), nullable=False),
    sa.Column('tell_by', Instant(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('recorded_at', Instant(), nullable=False),
    sa.Column('recorded_by', sa.BigInteger(), nullable=False),
    sa.Column('recorder', sa.Text(), nullable=False),
    sa.Column('reported_at', Instant(), nullable=True),
    sa.Column('reported_by', sa.BigInteger(), nullable=True),
    sa.Column('reported_to', sa.Text(), nullable=False),
    sa.Column('told_at', Instant(), nullable=True),
    sa.Column('closed_at', Instant(), nullable=True),
    sa.Column('closed_by', sa.BigInteger(), nullable=True),
    sa.Column('closer', sa.Text(), nullable=False),
    sa.Column('learned', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('began_at <= ended_at AND began_at <= found_at', name=op.f('ck_incident_span')),
    sa.CheckConstraint('(reported_at IS NULL) = (reported_by IS NULL)', name=op.f('ck_incident_reported')),
    sa.CheckConstraint("reported_at IS NULL OR reported_to <> ''", name=op.f('ck_incident_reported_to')),
    sa.CheckConstraint("(state = 'closed') = (closed_at IS NOT NULL)", name=op.f('ck_incident_closed')),
    sa.CheckConstraint("closed_at IS NULL OR learned <> ''", name=op.f('ck_incident_learned')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident')),
    sa.UniqueConstraint('number', name=op.f('uq_incident_number')),
    sqlite_strict=True
    )
    op.create_table('incident_party',
    sa.Column('incident_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('user_id', sa.BigInteger(), nullable=True),
    sa.Column('party', sa.Text(), nullable=False),
    sa.Column('how', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('added_at', Instant(), nullable=False),
    sa.Column('added_by', sa.BigInteger(), nullable=False),
    sa.Column('left_at', Instant(), nullable=True),
    sa.Column('left_by', sa.BigInteger(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('told_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(firm_id IS NULL) <> (user_id IS NULL)', name=op.f('ck_incident_party_one')),
    sa.CheckConstraint("(left_at IS NULL) = (why = '')", name=op.f('ck_incident_party_left_out')),
    sa.CheckConstraint('told_at IS NULL OR left_at IS NULL', name=op.f('ck_incident_party_told')),
    sa.ForeignKeyConstraint(['incident_id'], ['incident.id'], name=op.f('fk_incident_party_incident_id_incident')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_incident_party_firm_id_firm')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_incident_party_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_incident_party')),
    sa.UniqueConstraint('incident_id', 'firm_id', name=op.f('uq_incident_party_incident_id_firm_id')),
    sa.UniqueConstraint('incident_id', 'user_id', name=op.f('uq_incident_party_incident_id_user_id')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_incident_party_incident_id'), 'incident_party', ['incident_id'], unique=False)
    op.create_index(op.f('ix_incident_party_firm_id'), 'incident_party', ['firm_id'], unique=False)
    op.create_index(op.f('ix_incident_party_user_id'), 'incident_party', ['user_id'], unique=False)


def downgrade() -> None:
    op.drop_table('incident_party')
    op.drop_table('incident')
