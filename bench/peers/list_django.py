"""The list of needs by Django's ORM behind gunicorn, with Jinja2 or its own templates: session, account, count and twenty rows."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

HERE = Path(__file__).parent
settings.configure(
    SECRET_KEY="bench", ALLOWED_HOSTS=["*"], ROOT_URLCONF=__name__, USE_TZ=False, MIDDLEWARE=[],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["BENCH_FILE"], "CONN_MAX_AGE": None}},
    TEMPLATES=[{"BACKEND": f"django.template.backends.{os.environ['BENCH_TEMPLATES']}", "DIRS": [HERE]}],
)  # fmt: skip
django.setup()


class Account(models.Model):
    name = models.TextField()
    role = models.TextField()
    active = models.BooleanField()

    class Meta:
        app_label, db_table, managed = "bench", "account", False


class LoginSession(models.Model):
    token_hash = models.TextField(primary_key=True)
    user = models.ForeignKey(Account, models.DO_NOTHING)

    class Meta:
        app_label, db_table, managed = "bench", "login_session", False


class Firm(models.Model):
    name = models.TextField()

    class Meta:
        app_label, db_table, managed = "bench", "firm", False


class Need(models.Model):
    number = models.TextField()
    firm_row = models.ForeignKey(Firm, models.DO_NOTHING, db_column="firm_id")
    amount = models.BigIntegerField()
    state = models.TextField()
    drafted_on = models.TextField()

    class Meta:
        app_label, db_table, managed = "bench", "need", False

    @property
    def firm(self) -> str:
        return str(self.firm_row.name)

    @property
    def wan(self) -> str:
        return f"{self.amount / 1_000_000:.1f}"


def needs(request: HttpRequest) -> HttpResponse:
    token = hashlib.sha256(request.COOKIES["sid"].encode()).hexdigest()
    person = LoginSession.objects.select_related("user").get(token_hash=token).user
    seen: Any = Need.objects.exclude(state="draft")
    total = seen[:10_001].count()
    rows = seen.select_related("firm_row").order_by("-drafted_on", "-number")[:20]
    return render(request, "list_page.html", {"rows": rows, "total": total, "person": person.name})


urlpatterns = [path("needs", needs)]

application = get_wsgi_application()
