"""lists of the mechanism"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('list_file',
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('rows', sa.BigInteger(), nullable=False),
    sa.Column('added', sa.BigInteger(), nullable=False),
    sa.Column('answered', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_file')),
    sa.UniqueConstraint('sha256', name=op.f('uq_list_file_sha256')),
    sqlite_strict=True
    )
    op.create_table('list_row',
    sa.Column('file_id', sa.BigInteger(), nullable=False),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('code', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('months', sa.BigInteger(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('bank', sa.Text(), nullable=False),
    sa.Column('status', sa.Text(), nullable=True),
    sa.Column('answered_on', sa.Date(), nullable=True),
    sa.Column('granted', sa.BigInteger(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(kind = 'recommended') = (bank <> '')", name=op.f('ck_list_row_bank')),
    sa.CheckConstraint('(status IS NULL) = (answered_on IS NULL)', name=op.f('ck_list_row_answered')),
    sa.CheckConstraint('amount > 0 AND months > 0', name=op.f('ck_list_row_positive')),
    sa.ForeignKeyConstraint(['file_id'], ['list_file.id'], name=op.f('fk_list_row_file_id_list_file')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_list_row')),
    sa.UniqueConstraint('kind', 'code', 'day', 'bank', name=op.f('uq_list_row_kind_code_day_bank')),
    sqlite_strict=True
    )


def downgrade() -> None:
    op.drop_table('list_row')
    op.drop_table('list_file')
