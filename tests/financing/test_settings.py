"""The platform does not start on settings that would give secrets away or share a file it cannot share."""

from __future__ import annotations

import os
import threading

import pytest
from pydantic import ValidationError

from financing.settings import Settings

POSTGRES = "postgresql+psycopg:///yuanrong"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in [name for name in os.environ if name.startswith("YUANRONG_")]:
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"host": "localhost"},
        {"host": "::1"},
        {"host": "127.0.0.2", "port": 9000},
        {"host": "0.0.0.0", "public_url": "https://rong.example.gov.cn"},  # noqa: S104  behind a proxy
        {"public_url": "http://127.0.0.1:8000"},
        {"public_url": "http://[::1]:8000/"},
        {"workers": 4, "database_url": POSTGRES},
        {"workers": 64, "database_url": "postgresql://yuanrong@db/yuanrong?sslmode=verify-full"},
        {"database_url": "postgresql://yuanrong@/yuanrong?host=/var/run/postgresql"},
        {"database_url": "postgresql://yuanrong@[::1]/yuanrong"},
    ],
)
def test_it_starts(given):
    assert Settings(**given).site


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"host": "0.0.0.0"}, "https"),  # noqa: S104  what is refused
        ({"host": "10.1.2.3"}, "https"),
        ({"public_url": "http://rong.example.gov.cn"}, "https"),
        ({"public_url": "http://127.0.0.1.example.gov.cn"}, "https"),
        ({"public_url": "http://127.0.0.1@example.gov.cn"}, "https"),
        ({"public_url": "HTTP://example.gov.cn"}, "https"),
        ({"public_url": "rong.example.gov.cn"}, "https"),
        ({"public_url": "http://1.2.3"}, "https"),
        ({"workers": 2}, "PostgreSQL"),
        ({"workers": 2, "database_url": "sqlite:////srv/yuanrong.db"}, "PostgreSQL"),
        ({"workers": 0}, "greater than"),
        ({"port": 70_000}, "less than"),
        ({"upload_mib": 0}, "greater than"),
        ({"database_url": "mysql://db/yuanrong"}, "postgresql"),
        ({"database_url": "sqlite+aiosqlite:///x"}, "postgresql"),
        ({"database_url": "postgresql://yuanrong@db/yuanrong"}, "sslmode"),
        ({"database_url": "postgresql://yuanrong@db/yuanrong?sslmode=require"}, "sslmode"),
        ({"database_url": "postgresql://yuanrong@/yuanrong?host=db.example.cn"}, "sslmode"),
        ({"leaked_passwords": "/no/such/file"}, "LEAKED_PASSWORDS"),
        ({"scanner": "scanner.example.cn:3310"}, "SCANNER"),
        ({"scanner": "127.0.0.1"}, "SCANNER"),
        ({"log_level": "LOUD"}, "DEBUG"),
        ({"smtp_host": "mail.example.cn"}, "MAIL_FROM"),
        ({"smtp_host": "mail.example.cn", "mail_from": "a@example.cn\nBcc: b@example.cn"}, "MAIL_FROM"),
        ({"smtp_host": "mail.example.cn", "mail_from": "a@example.cn", "smtp_security": "none"}, "SMTP_SECURITY"),
    ],
)
def test_it_does_not_start(given, says):
    with pytest.raises(ValidationError, match=says):
        Settings(**given)


def test_settings_come_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("YUANRONG_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("YUANRONG_ALLOWED_HOSTS", "one.example , two.example:8000,")
    monkeypatch.setenv("YUANRONG_PUBLIC_URL", "https://rong.example/")
    settings = Settings()
    assert settings.url == f"sqlite:///{tmp_path / 'yuanrong.db'}"
    assert settings.site == "https://rong.example"
    assert settings.hosts == ("rong.example", "one.example", "two.example:8000")
    assert settings.secure
    assert not settings.on_loopback


def test_robots_are_called_at_the_listed_hosts_alone_and_the_mail_password_is_never_shown():
    assert Settings().robots == ("qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn")
    settings = Settings(hook_hosts="hook.example.cn:8443", smtp_password="hidden word")
    assert settings.robots == ("hook.example.cn:8443",)
    assert "hidden word" not in repr(settings) + str(settings.model_dump_json())


def test_plain_postgresql_is_understood_as_the_driver_we_ship():
    assert Settings(database_url="postgresql:///yuanrong").url == "postgresql+psycopg:///yuanrong"


def test_the_secret_is_made_once_and_read_by_its_owner_alone(tmp_path):
    first = Settings(data_dir=tmp_path / "var").secret.get_secret_value()
    assert Settings(data_dir=tmp_path / "var").secret.get_secret_value() == first
    assert len(bytes.fromhex(first)) == 32
    assert (tmp_path / "var" / "secret.key").stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "var").stat().st_mode & 0o777 == 0o700
    assert [path.name for path in (tmp_path / "var").iterdir()] == ["secret.key"]


def test_processes_that_start_together_share_one_secret(tmp_path):
    found, together = set(), threading.Barrier(16)

    def start() -> None:
        together.wait()
        found.add(Settings(data_dir=tmp_path).secret.get_secret_value())

    threads = [threading.Thread(target=start) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 1
    assert "" not in found


def test_the_secret_is_never_shown(tmp_path):
    settings = Settings(data_dir=tmp_path)
    secret = settings.secret.get_secret_value()
    assert secret not in repr(settings)
    assert secret not in repr(settings.secret)
