"""how far needs have come"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant
from sqlalchemy.dialects.postgresql import JSONB

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None

#: The day in Beijing of a moment, and a day as it is stored, numbered from the first day of the year 1.
NUMBERED = {
    'sqlite': ("CAST(julianday(date({at}, '+8 hours')) - 1721424.5 AS INTEGER)", "CAST(julianday({day}) - 1721424.5 AS INTEGER)"),
    'postgresql': ("(({at} AT TIME ZONE 'Asia/Shanghai')::date - DATE '0001-01-01' + 1)", "({day} - DATE '0001-01-01' + 1)"),
}
#: The first time each act was done to each need that was ever handed in, with the firm of now: what it was then nobody wrote down.
FILL = """INSERT INTO track (need_id, firm_id, amount, park, division, size, registered, submitted, accepted, scored, supported, sent,
  answered, offered, chosen, paid)
SELECT n.id, n.firm_id, n.amount, f.park, substr(f.industry, 1, 2), f.size, {registered}, {submitted}, {accepted}, {scored},
  {supported}, {sent}, {answered}, {offered}, {chosen}, {paid}
FROM need n JOIN firm f ON f.id = n.firm_id
JOIN (SELECT subject_id,
    min(CASE WHEN act = 'need.submit' THEN at END) AS submitted, min(CASE WHEN act = 'need.accept' THEN at END) AS accepted,
    min(CASE WHEN act = 'need.assess' THEN at END) AS scored,
    min(CASE WHEN act IN ('case.approve', 'case.condition', 'case.take_effect') THEN at END) AS supported,
    min(CASE WHEN act = 'dossier.send' THEN at END) AS sent, min(CASE WHEN act = 'offer.make' THEN at END) AS offered,
    min(CASE WHEN act = 'offer.accept' THEN at END) AS chosen
  FROM journal GROUP BY subject_id) j ON j.subject_id = n.id
LEFT JOIN (SELECT need_id, min(at) AS first FROM decline GROUP BY need_id) d ON d.need_id = n.id
LEFT JOIN (SELECT need_id, min(paid_on) AS first FROM drawdown WHERE id NOT IN
    (SELECT drawdown_id FROM reversal WHERE state = 'confirmed' AND drawdown_id IS NOT NULL) GROUP BY need_id) p ON p.need_id = n.id
WHERE j.submitted IS NOT NULL"""
STEPS = ('submitted', 'accepted', 'scored', 'supported', 'sent', 'offered', 'chosen')
ANSWERED = 'CASE WHEN d.first IS NULL OR j.offered < d.first THEN j.offered ELSE d.first END'


def fill(dialect: str) -> str:
    """The statement that fills the tracks of a zone that has worked before there were any."""
    moment, day = NUMBERED[dialect]
    steps = {step: moment.format(at=f'j.{step}') for step in STEPS}
    return FILL.format(
        registered=moment.format(at='f.registered_at'), answered=moment.format(at=ANSWERED), paid=day.format(day='p.first'), **steps
    )


def upgrade() -> None:
    op.create_table('figure_stand',
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('seq', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('body', sa.JSON().with_variant(JSONB(), "postgresql"), nullable=False),
    sa.PrimaryKeyConstraint('question', name=op.f('pk_figure_stand')),
    sqlite_strict=True
    )
    op.create_index(op.f('ix_figure_stand_at'), 'figure_stand', ['at'], unique=False)
    op.create_table('plan_target',
    sa.Column('volume', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('value', sa.BigInteger(), nullable=False),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("why <> ''", name=op.f('ck_plan_target_reason')),
    sa.CheckConstraint('since <= until AND value >= 0', name=op.f('ck_plan_target_period')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_plan_target')),
    sqlite_strict=True
    )
    op.create_index('ix_plan_target_period', 'plan_target', ['since', 'until', 'volume'], unique=False)
    op.create_table('public_figure',
    sa.Column('volume', sa.Text(), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=False),
    sa.Column('count', sa.BigInteger(), nullable=False),
    sa.Column('firms', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint('firms >= 5', name=op.f('ck_public_figure_least')),
    sa.CheckConstraint('since <= until AND count >= firms AND amount >= 0', name=op.f('ck_public_figure_sums')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_public_figure')),
    sa.UniqueConstraint('volume', 'until', name=op.f('uq_public_figure_volume_until')),
    sqlite_strict=True
    )
    op.create_table('loan_statement',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.Column('earlier', sa.Boolean(), nullable=False),
    sa.Column('seen_on', sa.Date(), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_loan_statement_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loan_statement')),
    sqlite_strict=True
    )
    op.create_index('ix_loan_statement_firm', 'loan_statement', ['firm_id', 'at'], unique=False)
    op.create_table('track',
    sa.Column('need_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('amount', sa.BigInteger(), nullable=False),
    sa.Column('park', sa.Text(), nullable=False),
    sa.Column('division', sa.Text(), nullable=False),
    sa.Column('size', sa.Text(), nullable=False),
    sa.Column('registered', sa.BigInteger(), nullable=False),
    sa.Column('submitted', sa.BigInteger(), nullable=False),
    sa.Column('accepted', sa.BigInteger(), nullable=True),
    sa.Column('scored', sa.BigInteger(), nullable=True),
    sa.Column('supported', sa.BigInteger(), nullable=True),
    sa.Column('sent', sa.BigInteger(), nullable=True),
    sa.Column('answered', sa.BigInteger(), nullable=True),
    sa.Column('offered', sa.BigInteger(), nullable=True),
    sa.Column('chosen', sa.BigInteger(), nullable=True),
    sa.Column('paid', sa.BigInteger(), nullable=True),
    sa.CheckConstraint('amount > 0', name=op.f('ck_track_positive')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_track_firm_id_firm')),
    sa.ForeignKeyConstraint(['need_id'], ['need.id'], name=op.f('fk_track_need_id_need')),
    sa.PrimaryKeyConstraint('need_id', name=op.f('pk_track')),
    sqlite_strict=True
    )
    op.create_index('ix_track_firm', 'track', ['firm_id', 'submitted'], unique=False)
    op.create_index(op.f('ix_track_submitted'), 'track', ['submitted'], unique=False)
    op.execute(fill(op.get_bind().dialect.name))


def downgrade() -> None:
    op.drop_index(op.f('ix_track_submitted'), table_name='track')
    op.drop_index('ix_track_firm', table_name='track')
    op.drop_table('track')
    op.drop_index('ix_loan_statement_firm', table_name='loan_statement')
    op.drop_table('loan_statement')
    op.drop_table('public_figure')
    op.drop_index('ix_plan_target_period', table_name='plan_target')
    op.drop_table('plan_target')
    op.drop_index(op.f('ix_figure_stand_at'), table_name='figure_stand')
    op.drop_table('figure_stand')
