"""The list of needs by FastAPI with SQLAlchemy's asynchronous ORM behind uvicorn, on the very database."""

from __future__ import annotations

import hashlib
import os
from datetime import date
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader
from sqlalchemy import ForeignKey, func, select
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, joinedload, mapped_column, relationship

page = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True).get_template("list_page.html")
engine = create_async_engine(os.environ["BENCH_URL"], pool_size=10)
app = FastAPI()


class Base(DeclarativeBase):
    """Tables that are there already."""


class Account(Base):
    __tablename__ = "account"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class LoginSession(Base):
    __tablename__ = "login_session"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("account.id"))
    user: Mapped[Account] = relationship()


class Firm(Base):
    __tablename__ = "firm"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Need(Base):
    __tablename__ = "need"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str]
    firm_id: Mapped[int] = mapped_column(ForeignKey("firm.id"))
    of: Mapped[Firm] = relationship()
    amount: Mapped[int]
    state: Mapped[str]
    drafted_on: Mapped[date]

    @property
    def firm(self) -> str:
        return self.of.name

    @property
    def wan(self) -> str:
        return f"{self.amount / 1_000_000:.1f}"


@app.get("/needs")
async def needs(request: Request) -> HTMLResponse:
    token = hashlib.sha256(request.cookies["sid"].encode()).hexdigest()
    async with AsyncSession(engine) as session:
        known = select(LoginSession).options(joinedload(LoginSession.user)).where(LoginSession.token_hash == token)
        person = (await session.scalars(known)).one().user
        seen = select(Need).where(Need.state != "draft")
        total = await session.scalar(select(func.count()).select_from(seen.limit(10_001).subquery()))
        newest = seen.options(joinedload(Need.of)).order_by(Need.drafted_on.desc(), Need.number.desc()).limit(20)
        rows = (await session.scalars(newest)).all()
    return HTMLResponse(page.render(rows=rows, total=total, person=person.name))
