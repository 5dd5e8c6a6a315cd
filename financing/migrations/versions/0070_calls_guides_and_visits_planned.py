"""calls back about requests and inspections as well, the day by which a new policy is out, visits planned"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from financing.db import Instant

revision = '0070'
down_revision = '0071'
branch_labels = None
depends_on = None

ONE = ' + '.join(f'CASE WHEN {name} IS NULL THEN 0 ELSE 1 END' for name in ('need_id', 'request_id', 'inspection_id'))


def upgrade() -> None:
    op.create_table('help_visit_plan',
    sa.Column('firm_id', sa.BigInteger(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('purpose', sa.Text(), nullable=False),
    sa.Column('anyway', sa.Boolean(), nullable=False),
    sa.Column('planned_at', Instant(), nullable=False),
    sa.Column('by', sa.BigInteger(), nullable=False),
    sa.Column('by_name', sa.Text(), nullable=False),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('why', sa.Text(), nullable=False),
    sa.Column('state', sa.Text(), nullable=False),
    sa.Column('id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('version', sa.BigInteger(), nullable=False),
    sa.CheckConstraint("(state = 'planned') = (ended_on IS NULL)", name=op.f('ck_help_visit_plan_ended')),
    sa.CheckConstraint("state <> 'dropped' OR why <> ''", name=op.f('ck_help_visit_plan_why')),
    sa.ForeignKeyConstraint(['firm_id'], ['firm.id'], name=op.f('fk_help_visit_plan_firm_id_firm')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_help_visit_plan')),
    sqlite_strict=True
    )
    op.create_index('ix_help_visit_plan_day', 'help_visit_plan', ['state', 'day'], unique=False)
    op.create_index(op.f('ix_help_visit_plan_firm_id'), 'help_visit_plan', ['firm_id'], unique=False)
    op.add_column('policy', sa.Column('guide_by', sa.Date(), nullable=True))
    with op.batch_alter_table('call_back') as call:
        call.add_column(sa.Column('number', sa.Text(), nullable=True))
        call.add_column(sa.Column('request_id', sa.BigInteger(), nullable=True))
        call.add_column(sa.Column('inspection_id', sa.BigInteger(), nullable=True))
    op.execute('UPDATE call_back SET number = (SELECT need.number FROM need WHERE need.id = call_back.need_id)')
    with op.batch_alter_table('call_back') as call:
        call.alter_column('number', existing_type=sa.Text(), nullable=False)
        call.alter_column('need_id', existing_type=sa.BigInteger(), nullable=True)
        call.create_foreign_key(op.f('fk_call_back_request_id_help_request'), 'help_request', ['request_id'], ['id'])
        call.create_foreign_key(op.f('fk_call_back_inspection_id_inspection'), 'inspection', ['inspection_id'], ['id'])
        call.create_unique_constraint(op.f('uq_call_back_request_id'), ['request_id'])
        call.create_unique_constraint(op.f('uq_call_back_inspection_id'), ['inspection_id'])
        call.create_check_constraint(op.f('ck_call_back_matter'), f'{ONE} = 1')


def downgrade() -> None:
    op.execute('DELETE FROM call_back WHERE need_id IS NULL')
    with op.batch_alter_table('call_back') as call:
        call.drop_constraint(op.f('ck_call_back_matter'), type_='check')
        call.drop_constraint(op.f('uq_call_back_inspection_id'), type_='unique')
        call.drop_constraint(op.f('uq_call_back_request_id'), type_='unique')
        call.drop_constraint(op.f('fk_call_back_inspection_id_inspection'), type_='foreignkey')
        call.drop_constraint(op.f('fk_call_back_request_id_help_request'), type_='foreignkey')
        call.alter_column('need_id', existing_type=sa.BigInteger(), nullable=False)
        call.drop_column('inspection_id')
        call.drop_column('request_id')
        call.drop_column('number')
    op.drop_column('policy', 'guide_by')
    op.drop_index(op.f('ix_help_visit_plan_firm_id'), 'help_visit_plan')
    op.drop_index('ix_help_visit_plan_day', 'help_visit_plan')
    op.drop_table('help_visit_plan')
