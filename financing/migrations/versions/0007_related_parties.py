"""related parties"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('relation',
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('other_id', sa.BigInteger(), nullable=True),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('share', sa.BigInteger(), nullable=True),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('entered_at', Instant(), nullable=False),
    sa.Column('entered_by', sa.BigInteger(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('firm_id <> other_id', name=op.f('ck_relation_itself')),
    sa.CheckConstraint("(kind = 'shareholder') = (share IS NOT NULL)", name=op.f('ck_relation_share')),
    sa.CheckConstraint('(until IS NULL) = (ended_by IS NULL)', name=op.f('ck_relation_ended')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_relation_firm_id_firm')),
    sa.ForeignKeyConstraint(['other_id'], ['firm.id'], name=op.f('fk_relation_other_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_relation')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_relation_firm_id'), 'relation', ['firm_id'], unique=False)
    op.create_index(op.f('ix_relation_other_id'), 'relation', ['other_id'], unique=False)
    op.add_column('guarantee_case', sa.Column('report_by', sa.Date(), nullable=True))
    op.add_column('guarantee_case', sa.Column('reported_on', sa.Date(), nullable=True))


def downgrade() -> None:
    op.drop_column('guarantee_case', 'reported_on')
    op.drop_column('guarantee_case', 'report_by')
    op.drop_table('relation')
