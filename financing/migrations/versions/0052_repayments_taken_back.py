"""repayments taken back, the bridge's loan held by the database, one list of conditions of a renewal"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0052'
down_revision = '0051'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), 'postgresql')
#: What the bridge used to ask, and what the loans ask in its place; of two for one the worse answer counts.
ANEW = {
    'renewal_size': ('size',), 'renewal_medium_until': ('size',), 'renewal_purpose': ('purpose',), 'renewal_in_time': ('before',),
    'renewal_operates': ('lawful', 'producing'), 'renewal_credit': ('credit', 'no_diversion', 'no_arrears', 'no_evasion'),
}


def upgrade() -> None:
    op.create_table('repayment_reversal',
    sa.Column('repayment_id', sa.BigInteger(), nullable=False),
    sa.Column('loan_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('bank_id', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('document_id', sa.BigInteger(), nullable=False),
    sa.Column('asked_at', Instant(), nullable=False),
    sa.Column('asked_by', sa.BigInteger(), nullable=False),
    sa.Column('asker', sa.Text(), nullable=False),
    sa.Column('decided_at', Instant(), nullable=True),
    sa.Column('decided_by', sa.BigInteger(), nullable=True),
    sa.Column('decider', sa.Text(), nullable=False),
    sa.Column('answer', sa.Text(), nullable=False),
    sa.Column('restored', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'asked') = (decided_by IS NULL)", name=op.f('ck_repayment_reversal_decided')),
    sa.CheckConstraint("restored >= 0 AND (restored = 0 OR state = 'taken_back')", name=op.f('ck_repayment_reversal_restored')),
    sa.CheckConstraint("why <> ''", name=op.f('ck_repayment_reversal_reason')),
    sa.CheckConstraint('decided_by <> asked_by', name=op.f('ck_repayment_reversal_two_people')),
    sa.ForeignKeyConstraint(['document_id'], ['document.id'], name=op.f('fk_repayment_reversal_document_id_document')),
    sa.ForeignKeyConstraint(['loan_id'], ['loan.id'], name=op.f('fk_repayment_reversal_loan_id_loan')),
    sa.ForeignKeyConstraint(['repayment_id'], ['loan_repayment.id'], name=op.f('fk_repayment_reversal_repayment_id_loan_repayment')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_repayment_reversal')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_repayment_reversal_firm_id'), 'repayment_reversal', ['firm_id'], unique=False)
    op.create_index(op.f('ix_repayment_reversal_loan_id'), 'repayment_reversal', ['loan_id'], unique=False)
    op.create_index('uq_repayment_reversal_counts', 'repayment_reversal', ['repayment_id'], unique=True,
                    sqlite_where=sa.text("state IN ('asked', 'taken_back')"), postgresql_where=sa.text("state IN ('asked', 'taken_back')"))
    with op.batch_alter_table('loan_repayment') as repayment:
        repayment.add_column(sa.Column('again', sa.BigInteger(), server_default='0', nullable=False))
        repayment.drop_constraint(op.f('uq_loan_repayment_loan_id_reference'), type_='unique')
        repayment.create_unique_constraint(op.f('uq_loan_repayment_loan_id_reference_again'), ['loan_id', 'reference', 'again'])
    with op.batch_alter_table('bridge_use') as use:
        use.create_foreign_key(op.f('fk_bridge_use_loan_id_loan'), 'loan', ['loan_id'], ['id'])
    uses = sa.table('bridge_use', sa.column('id', sa.BigInteger()), sa.column('renewal', JSON))
    connection = op.get_bind()
    for key, told in connection.execute(sa.select(uses.c.id, uses.c.renewal)).all():
        if not isinstance(told, dict):
            continue
        asked = {'open': told['open'], 'grounds': _anew(told['grounds'])}
        connection.execute(sa.update(uses).where(uses.c.id == key).values(renewal=asked))


def _anew(grounds: dict[str, str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, answer in grounds.items():
        for one in ANEW.get(key, (key,)):
            found[one] = 'no' if 'no' in (answer, found.get(one)) else answer
    return found


def downgrade() -> None:
    with op.batch_alter_table('bridge_use') as use:
        use.drop_constraint(op.f('fk_bridge_use_loan_id_loan'), type_='foreignkey')
    with op.batch_alter_table('loan_repayment') as repayment:
        repayment.drop_constraint(op.f('uq_loan_repayment_loan_id_reference_again'), type_='unique')
        repayment.create_unique_constraint(op.f('uq_loan_repayment_loan_id_reference'), ['loan_id', 'reference'])
        repayment.drop_column('again')
    op.drop_table('repayment_reversal')
