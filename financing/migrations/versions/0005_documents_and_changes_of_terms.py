"""documents and changes of terms"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from alembic import op
from financing.db import Instant

revision = '0005'
down_revision = '0004'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('document',
    sa.Column('kind', sa.Text(), nullable=False),
    sa.Column('name', sa.Text(), nullable=False),
    sa.Column('media', sa.Text(), nullable=False),
    sa.Column('size', sa.BigInteger(), nullable=False),
    sa.Column('sha256', sa.Text(), nullable=False),
    sa.Column('stored', sa.Text(), nullable=False),
    sa.Column('added_at', Instant(), nullable=False),
    sa.Column('added_by', sa.BigInteger(), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('size > 0', name=op.f('ck_document_size')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_document_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_document')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_document_subject_id'), 'document', ['subject_id'], unique=False)
    op.create_table('terms_change',
    sa.Column('number', sa.Text(), nullable=False),
    sa.Column('scope', sa.Text(), nullable=False),
    sa.Column('owner_id', sa.BigInteger(), nullable=False),
    sa.Column('before', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('after', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('effects', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('proposed_by <> decided_by', name=op.f('ck_terms_change_two_people')),
    sa.CheckConstraint("(state = 'proposed') = (decided_by IS NULL)", name=op.f('ck_terms_change_decided')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_terms_change_document_id_document')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_terms_change')),
    sa.UniqueConstraint('number', name=op.f('uq_terms_change_number')),
    sqlite_strict=True
    )
    waiting = sa.text("state = 'proposed'")
    op.create_index('uq_terms_change_open', 'terms_change', ['scope', 'owner_id'], unique=True, sqlite_where=waiting, postgresql_where=waiting)


def downgrade() -> None:
    op.drop_table('terms_change')
    op.drop_table('document')
