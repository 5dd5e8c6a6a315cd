"""the pool, letters and dossiers of a large zone"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None

#: The last score of every need that was below the line at any of its scores, with the total of the first.
POOL = """INSERT INTO pool_need (need_id, score_id, qualified, total, assessed_at, first)
SELECT need_id, id, qualified, total, assessed_at, first FROM (
  SELECT need_id, id, qualified, total, assessed_at,
    row_number() OVER (PARTITION BY need_id ORDER BY assessed_at DESC, id DESC) AS place,
    first_value(total) OVER (PARTITION BY need_id ORDER BY assessed_at, id) AS first,
    min(CASE WHEN qualified THEN 1 ELSE 0 END) OVER (PARTITION BY need_id) AS ever
  FROM assessment) s WHERE place = 1 AND ever = 0"""
LETTERED = "UPDATE offer SET lettered = true WHERE id IN (SELECT offer_id FROM guarantee WHERE state <> 'dropped')"


def upgrade() -> None:
    op.create_table('pool_need',
    sa.Column('need_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('score_id', sa.BigInteger(), nullable=False),
    sa.Column('qualified', sa.Boolean(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('assessed_at', Instant(), nullable=False),
    sa.Column('first', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_pool_need_need_id_need')),
    sa.ForeignKeyConstraint(['score_id'], ['assessment.id'], name=op.f('fk_pool_need_score_id_assessment')),
    sa.PrimaryKeyConstraint('need_id', name=op.f('pk_pool_need')),
    sqlite_strict=True
    )
    op.execute(POOL)
    op.create_index('ix_pool_need_order', 'pool_need', ['qualified', 'total', 'assessed_at', 'need_id'], unique=False)
    op.create_index('ix_match_sent', 'match', ['sent_on', 'bank_id'], unique=False)
    op.add_column('offer', sa.Column('lettered', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.execute(LETTERED)
    op.create_index('ix_offer_lettered', 'offer', ['lettered', 'state', 'made_at', 'id'], unique=False)


def downgrade() -> None:
    op.drop_index('ix_offer_lettered', table_name='offer')
    op.drop_column('offer', 'lettered')
    op.drop_index('ix_match_sent', table_name='match')
    op.drop_index('ix_pool_need_order', table_name='pool_need')
    op.drop_table('pool_need')
