"""invitations by two"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = '0079'
down_revision = '0072'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('invitation') as invitation:
        invitation.add_column(sa.Column('by_two', sa.Boolean(), server_default=sa.false(), nullable=False))
        invitation.add_column(sa.Column('confirmed_by', sa.BigInteger(), nullable=True))
        invitation.create_check_constraint(op.f('ck_invitation_two_people'), 'confirmed_by <> invited_by')
        invitation.create_check_constraint(op.f('ck_invitation_confirmed'), 'used_at IS NULL OR NOT by_two OR confirmed_by IS NOT NULL')


def downgrade() -> None:
    with op.batch_alter_table('invitation') as invitation:
        invitation.drop_constraint(op.f('ck_invitation_confirmed'), type_='check')
        invitation.drop_constraint(op.f('ck_invitation_two_people'), type_='check')
        invitation.drop_column('confirmed_by')
        invitation.drop_column('by_two')
