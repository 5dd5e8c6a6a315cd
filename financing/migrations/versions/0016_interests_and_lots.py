"""interests and lots"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('expert',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('field', sa.Text(), nullable=False),
    sa.Column('employer', sa.Text(), nullable=False),
    sa.Column('entered_at', Instant(), nullable=False),
    sa.Column('entered_by', sa.BigInteger(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('ended_by', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('(ended_at IS NULL) = (ended_by IS NULL)', name=op.f('ck_expert_ended')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_expert_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expert')),
    sqlite_strict=True
    )
    op.create_index('uq_expert_active', 'expert', ['user_id'], unique=True, sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.create_table('expert_draw',
    sa.Column('meeting_id', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('seed', sa.Text(), nullable=False),
    sa.Column('pool', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('unable', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('drawn', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_expert_draw_number')),
    sa.ForeignKeyConstraint(['meeting_id'], ['meeting.id'], name=op.f('fk_expert_draw_meeting_id_meeting')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_expert_draw')),
    sa.UniqueConstraint('meeting_id', 'number', name=op.f('uq_expert_draw_meeting_id_number')),
    sqlite_strict=True
    )
    op.create_table('interest_declaration',
    sa.Column('user_id', sa.BigInteger(), nullable=False),
    sa.Column('year', sa.BigInteger(), nullable=False),
    sa.Column('number', sa.BigInteger(), nullable=False),
    sa.Column('lines', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('mark', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('number > 0', name=op.f('ck_interest_declaration_number')),
    sa.ForeignKeyConstraint(['user_id'], ['account.id'], name=op.f('fk_interest_declaration_user_id_account')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_interest_declaration')),
    sa.UniqueConstraint('user_id', 'year', 'number', name=op.f('uq_interest_declaration_user_id_year_number')),
    sqlite_strict=True
    )
    op.add_column('seat', sa.Column('expert', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.add_column('seat', sa.Column('votes', sa.Boolean(), server_default=sa.true(), nullable=False))
    op.add_column('tie', sa.Column('evidence', sa.JSON().with_variant(JSONB(), "postgresql"), server_default='[]', nullable=False))


def downgrade() -> None:
    op.drop_column('tie', 'evidence')
    op.drop_column('seat', 'votes')
    op.drop_column('seat', 'expert')
    op.drop_table('interest_declaration')
    op.drop_table('expert_draw')
    op.drop_index('uq_expert_active', table_name='expert', sqlite_where=sa.text('ended_at IS NULL'), postgresql_where=sa.text('ended_at IS NULL'))
    op.drop_table('expert')
