"""calls back about requests and inspections as well, and the day by which a new policy is out"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0070'
down_revision = '0061'
branch_labels = None
depends_on = None

ONE = ' + '.join(f'CASE WHEN {name} IS NULL THEN 0 ELSE 1 END' for name in ('need_id', 'request_id', 'inspection_id'))


def upgrade() -> None:
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
