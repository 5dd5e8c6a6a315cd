"""workbooks taken in"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('import_job',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('stored', sa.Text(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=True),
    sa.Column('made_at', Instant(), nullable=False),
    sa.Column('made_by', sa.BigInteger(), nullable=False),
    sa.Column('made_by_name', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('total', sa.BigInteger(), nullable=False),
    sa.Column('staged', sa.BigInteger(), nullable=False),
    sa.Column('added', sa.BigInteger(), nullable=False),
    sa.Column('changed', sa.BigInteger(), nullable=False),
    sa.Column('errors', sa.BigInteger(), nullable=False),
    sa.Column('findings', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('why_facts', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('ended_at', Instant(), nullable=True),
    sa.Column('ended_by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("state <> 'done' OR (staged = total AND ended_at IS NOT NULL)", name=op.f('ck_import_job_whole')),
    sa.CheckConstraint('staged BETWEEN 0 AND total', name=op.f('ck_import_job_staged')),
    sa.ForeignKeyConstraint(['bank_id'], ['bank.id'], name=op.f('fk_import_job_bank_id_bank')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_job')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_import_job_bank_id'), 'import_job', ['bank_id'], unique=False)
    op.create_index('ix_import_job_state', 'import_job', ['state'], unique=False)
    op.create_table('import_row',
    sa.Column('job_id', sa.BigInteger(), nullable=False),
    sa.Column('row', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('key', sa.Text(), nullable=False),
    sa.Column('fate', sa.Text(), nullable=False),
    sa.Column('told', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('former', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('subject_version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['job_id'], ['import_job.id'], name=op.f('fk_import_row_job_id_import_job')),
    sa.PrimaryKeyConstraint('job_id', 'row', name=op.f('pk_import_row')),
    sqlite_strict=True
    )


def downgrade() -> None:
    op.drop_table('import_row')
    op.drop_index('ix_import_job_state', table_name='import_job')
    op.drop_index(op.f('ix_import_job_bank_id'), table_name='import_job')
    op.drop_table('import_job')
