"""small cases of two officers"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('delegation',
    sa.Column('case_id', sa.BigInteger(), nullable=False),
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('officer_id', sa.BigInteger(), nullable=False),
    sa.Column('proposed_by', sa.BigInteger(), nullable=False),
    sa.Column('proposer', sa.Text(), nullable=False),
    sa.Column('proposed_at', Instant(), nullable=False),
    sa.Column('proposal', sa.Text(), nullable=False),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('opinion', sa.Text(), nullable=False),
    sa.Column('number', sa.Text(), nullable=True),
    sa.Column('record', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.Column('digest', sa.Text(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.Column('call_in_until', sa.Date(), nullable=True),
    sa.Column('called_by', sa.BigInteger(), nullable=True),
    sa.Column('caller', sa.Text(), nullable=False),
    sa.Column('called_at', Instant(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(called_by IS NOT NULL) = (state = 'called_in')", name=op.f('ck_delegation_called')),
    sa.CheckConstraint("(decided_by IS NULL) = (state IN ('proposed', 'void') AND number IS NULL)", name=op.f('ck_delegation_decided')),
    sa.CheckConstraint('decided_by <> proposed_by AND decided_by <> officer_id', name=op.f('ck_delegation_two_people')),
    sa.ForeignKeyConstraint(['case_id'], ['guarantee_case.id'], name=op.f('fk_delegation_case_id_guarantee_case')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_delegation_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delegation')),
    sa.UniqueConstraint('case_id', name=op.f('uq_delegation_case_id')),
    sa.UniqueConstraint('number', name=op.f('uq_delegation_number')),
    sqlite_strict=True
    )
    _meeting('meeting_id INTEGER NOT NULL', 'meeting_id INTEGER', nullable=True)


def downgrade() -> None:
    _meeting('meeting_id INTEGER', 'meeting_id INTEGER NOT NULL', nullable=False)
    op.drop_table('delegation')


def _meeting(was: str, becomes: str, *, nullable: bool) -> None:
    """A resolution of two officers has no sitting.

    On SQLite the text of the table is changed, as its documentation has it for NOT NULL: built anew, the table would be gone for a
    moment under letters that rest on its rows.
    """
    if op.get_bind().dialect.name != 'sqlite':
        op.alter_column('resolution', 'meeting_id', existing_type=sa.BigInteger(), nullable=nullable)
        return
    version = op.get_bind().exec_driver_sql('PRAGMA schema_version').scalar_one()
    op.execute('PRAGMA writable_schema = ON')
    op.execute(
        sa.text("UPDATE sqlite_master SET sql = replace(sql, :was, :becomes) WHERE type = 'table' AND name = 'resolution'")
        .bindparams(was=was, becomes=becomes)
    )
    op.execute(f'PRAGMA schema_version = {version + 1}')
    op.execute('PRAGMA writable_schema = OFF')
