"""The list of needs by Django's ORM and Jinja2 behind gunicorn, on the very database: session, account, count and fifty rows."""

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
    TEMPLATES=[{"BACKEND": "django.template.backends.jinja2.Jinja2", "DIRS": [HERE]}],
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
    months = models.IntegerField()
    purpose = models.TextField()
    state = models.TextField()
    drafted_on = models.TextField()
    submitted_on = models.TextField(null=True)
    due_on = models.TextField(null=True)
    officer_name = models.TextField()

    class Meta:
        app_label, db_table, managed = "bench", "need", False

    @property
    def firm(self) -> str:
        return str(self.firm_row.name)


def needs(request: HttpRequest) -> HttpResponse:
    token = hashlib.sha256(request.COOKIES["sid"].encode()).hexdigest()
    person = LoginSession.objects.select_related("user").get(token_hash=token).user
    seen: Any = Need.objects.exclude(state="draft")
    total = seen[:10_001].count()
    rows = seen.select_related("firm_row").order_by("-drafted_on", "-number")[:50]
    return render(request, "list_page.html", {"rows": rows, "total": total, "person": person.name})


urlpatterns = [path("needs", needs)]

application = get_wsgi_application()
