"""separate consents"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from financing.db import Instant

revision = '0085'
down_revision = '0081'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('permit',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('item', sa.Text(), nullable=False),
    sa.Column('whose', sa.Text(), nullable=True),
    sa.Column('person', sa.Text(), nullable=False),
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('scan_id', sa.BigInteger(), nullable=True),
    sa.Column('text_version', sa.Text(), nullable=False),
    sa.Column('text_hash', sa.Text(), nullable=False),
    sa.Column('given_at', Instant(), nullable=False),
    sa.Column('given_by', sa.BigInteger(), nullable=False),
    sa.Column('giver', sa.Text(), nullable=False),
    sa.Column('capacity', sa.Text(), nullable=False),
    sa.Column('valid_until', Instant(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('ended', sa.Text(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('given_at < valid_until', name=op.f('ck_permit_period')),
    sa.CheckConstraint("(item = 'person_credit') = (whose IS NOT NULL)", name=op.f('ck_permit_whose')),
    sa.CheckConstraint("(item = 'person_credit') = (scan_id IS NOT NULL)", name=op.f('ck_permit_in_writing')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended IS NULL)', name=op.f('ck_permit_ended')),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by IS NULL)', name=op.f('ck_permit_ended_by')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_permit_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_permit')),
    sa.UniqueConstraint('number', name=op.f('uq_permit_number')),
    sqlite_strict=True
    )
    standing = sa.text("ended_at IS NULL AND item != 'person_credit'")
    op.create_index('uq_permit_open', 'permit', ['firm_id', 'item'], unique=True, sqlite_where=standing, postgresql_where=standing)
    op.create_index(op.f('ix_permit_firm_id'), 'permit', ['firm_id'], unique=False)


def downgrade() -> None:
    op.drop_table('permit')
