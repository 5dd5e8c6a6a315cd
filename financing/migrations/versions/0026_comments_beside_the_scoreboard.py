"""comments beside the scoreboard"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('score_comment',
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('says', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('since <= until', name=op.f('ck_score_comment_period')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_score_comment_bank_id_bank')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_score_comment')),
    sa.UniqueConstraint('bank_id', 'since', 'until', 'number', name=op.f('uq_score_comment_bank_id_since_until_number')),
    sqlite_strict=True
    )


def downgrade() -> None:
    op.drop_table('score_comment')
