"""offers under seal, with every charge"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0019'
down_revision = '0018'
branch_labels = None
depends_on = None

JSON = sa.JSON().with_variant(JSONB(), 'postgresql')
#: What every offer made so far gets: it was seen from the day it was made, so it counts as opened then.
FORMER = {'base': "'fixed'", 'secured_by': "''", 'prepayment': "''", 'charges': "'[]'", 'opening_id': 'id'}


def upgrade() -> None:
    """Offers made so far open alone, each under its own identifier; their one sum of fees becomes one line."""
    op.create_table('offer_opening',
    sa.Column('need_id', sa.BigInteger(), nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('until', Instant(), nullable=False),
    sa.Column('opened_at', Instant(), nullable=True),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_offer_opening_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_offer_opening_need_id_need')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offer_opening')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_offer_opening_need_id'), 'offer_opening', ['need_id'], unique=False)
    op.create_index('uq_offer_opening_sealed', 'offer_opening', ['need_id'], unique=True,
                    sqlite_where=sa.text('opened_at IS NULL'), postgresql_where=sa.text('opened_at IS NULL'))
    op.execute('INSERT INTO offer_opening (id, version, need_id, firm_id, until, opened_at) '
               'SELECT id, 1, need_id, firm_id, made_at, made_at FROM offer')
    with op.batch_alter_table('offer') as offer:
        offer.add_column(sa.Column('opening_id', sa.BigInteger(), nullable=True))
        offer.add_column(sa.Column('base', sa.Text(), nullable=True))
        offer.add_column(sa.Column('points', sa.BigInteger(), nullable=True))
        offer.add_column(sa.Column('lpr', sa.BigInteger(), nullable=True))
        offer.add_column(sa.Column('drawdown_on', sa.Date(), nullable=True))
        offer.add_column(sa.Column('secured_by', sa.Text(), nullable=True))
        offer.add_column(sa.Column('prepayment', sa.Text(), nullable=True))
        offer.add_column(sa.Column('charges', JSON, nullable=True))
    for column, value in FORMER.items():
        op.execute(f'UPDATE offer SET {column} = {value}')  # noqa: S608  words of this file
    line = """'[{"charge": "other", "amount": ' || fees || ', "payee": "", "bearer": "firm", "every": "start"}]'"""
    kept = line if op.get_bind().dialect.name == 'sqlite' else f'CAST({line} AS JSONB)'
    op.get_bind().exec_driver_sql(f'UPDATE offer SET charges = {kept} WHERE fees > 0')  # noqa: S608  words of this file
    with op.batch_alter_table('offer') as offer:
        for column, kind in (('opening_id', sa.BigInteger()), ('base', sa.Text()), ('secured_by', sa.Text()),
                             ('prepayment', sa.Text()), ('charges', JSON)):
            offer.alter_column(column, existing_type=kind, nullable=False)
        offer.create_foreign_key(op.f('fk_offer_opening_id_offer_opening'), 'offer_opening', ['opening_id'], ['id'])
        offer.create_index(op.f('ix_offer_opening_id'), ['opening_id'], unique=False)


def downgrade() -> None:
    with op.batch_alter_table('offer') as offer:
        offer.drop_constraint(op.f('fk_offer_opening_id_offer_opening'), type_='foreignkey')
        offer.drop_index(op.f('ix_offer_opening_id'))
        for column in ('charges', 'prepayment', 'secured_by', 'drawdown_on', 'lpr', 'points', 'base', 'opening_id'):
            offer.drop_column(column)
    op.drop_table('offer_opening')
