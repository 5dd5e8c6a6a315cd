"""All configuration, from the environment with the prefix YUANRONG_."""

from __future__ import annotations

import os
import re
import secrets
from contextlib import suppress
from functools import cached_property
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import parse_qsl, urlsplit

from pydantic import Field, SecretStr, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from financing.ciphers import INTERNATIONAL, SUITES, Suite, lacking

MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,24}|[A-Za-z0-9._%+-]+@localhost")

#: Where 企业微信, 钉钉 and 飞书 take messages for their group robots.
ROBOTS = ("qyapi.weixin.qq.com", "oapi.dingtalk.com", "open.feishu.cn")


class Settings(BaseSettings):
    """What an operator may set; docs/operate.md lists every field and a test holds it to that."""

    model_config = SettingsConfigDict(env_prefix="YUANRONG_", extra="ignore", frozen=True)

    data_dir: Path = Field(Path("var"), description="where the database, uploads, keys and papers live (mode 0700)")
    database_url: str = Field("", description="empty: SQLite in the data directory; or postgresql+psycopg://…")
    replica: str = Field(
        "",
        description="PostgreSQL that follows the database: lists and figures are read there while it is current; empty: none",
    )
    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(8000, ge=1, le=65535, description="port to listen on")
    public_url: str = Field(
        "",
        description="what people type, and where the QR codes of papers lead; must be https unless the host is loopback",
    )
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field((), description="further host names, comma-separated")
    trusted_proxy: str = Field("", description="address of the reverse proxy whose X-Forwarded-For counts")
    workers: int = Field(1, ge=1, le=64, description="server processes; more than 1 needs PostgreSQL")
    work_apart: bool = Field(
        False, description="outbox, daily run, imports and backups are left to `yuanrong worker`; needs PostgreSQL"
    )
    upload_mib: int = Field(20, ge=1, le=200, description="largest upload in MiB")
    zone_name: str = Field("示范经济开发区", description="name of the zone on pages and papers")
    zone_english: str = Field("Model Economic Development Zone", description="the zone's English name")
    zone_office: str = Field("企业服务中心", min_length=1, max_length=60, description="the office that papers name")
    zone_phone: str = Field("见园区公告", min_length=1, max_length=60, description="its telephone number on papers")
    sealing_keys: str = Field(
        "", description="file with the keys of sealed fields (mode 0600); empty: sealing.key in the data directory"
    )
    ciphers: Literal["international", "national"] = Field(
        "international",
        description="international: SHA-256, AES-256-GCM, Ed25519; national: SM3, SM4-GCM, SM2; what is kept stays readable",
    )
    checkpoints: str = Field(
        "",
        description="folder for signed checkpoints of the journal, best on another machine; empty: in the data directory",
    )
    backups: str = Field(
        "",
        description="folder for the daily backup that the service makes, best on another machine; empty: none is made",
    )
    backup_key: str = Field(
        "", description="file with the key that locks backups (mode 0600); empty: backup.key in the data directory"
    )
    drill_database: str = Field(
        "",
        description="empty PostgreSQL database of its own for restore drills; empty: drills use SQLite in the data directory",
    )
    reserve_mib: int = Field(
        256, ge=0, le=10_240, description="size of a file that is deleted when the disk is full, in MiB; 0: none"
    )
    smtp_host: str = Field("", description="server that mail goes out by; empty: no mail")
    smtp_port: int = Field(465, ge=1, le=65535, description="its port: 465 for tls, 587 for starttls as a rule")
    smtp_security: Literal["tls", "starttls", "none"] = Field(
        "tls", description="tls, starttls, or none for a relay on this machine"
    )
    smtp_user: str = Field("", description="name to sign in with; empty: without signing in")
    smtp_password: SecretStr = Field(SecretStr(""), description="its password")
    mail_from: str = Field("", description="address that mail comes from")
    hook_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="hosts (host or host:port) of work-chat robots that may be called; empty: the three known systems",
    )
    leaked_passwords: str = Field(
        "", description="file of SHA-1 marks of leaked passwords, sorted, one to a line; empty: none is asked"
    )
    scanner: str = Field(
        "",
        description="malware scanner that speaks as clamd: its socket file, or host:port on this machine; empty: none",
    )
    second_factor: Literal["", "on", "off"] = Field(
        "", description="on: roles that need a second factor set one up; empty: on, except in a demo zone"
    )
    oidc_issuer: str = Field(
        "", description="address of the zone's OpenID Connect provider; empty: none. Needs the extra `oidc`"
    )
    oidc_client: str = Field("", description="name under which the provider knows this site")
    oidc_secret_file: str = Field(
        "", description="file with the client's secret (mode 0600); empty: a public client, by PKCE alone"
    )
    oidc_second: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="values of acr or amr by which the provider says that it has asked for a second factor, comma-separated",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="DEBUG, INFO, WARNING or ERROR")

    @model_validator(mode="before")
    @classmethod
    def split_hosts(cls, values: dict[str, object]) -> dict[str, object]:
        """Hosts come as one comma-separated word."""
        split = {
            name: tuple(host.strip() for host in given.split(",") if host.strip())
            for name in ("allowed_hosts", "hook_hosts", "oidc_second")
            if isinstance(given := values.get(name), str)
        }
        return values | split

    @model_validator(mode="after")
    def safe_to_serve(self) -> Settings:
        """Secrets never travel in clear beyond this machine; SQLite is never shared between processes."""
        if not self.secure and not self.on_loopback:
            raise ValueError(
                "YUANRONG_PUBLIC_URL 必须以 https:// 开头（仅本机地址例外）| must be https unless on loopback"
            )
        if not self.url.startswith(("sqlite:///", "postgresql+psycopg://")):
            raise ValueError(
                "YUANRONG_DATABASE_URL 应为空或 postgresql:// 开头 | must be empty or start with postgresql://"
            )
        if missing := lacking(self.suite):
            raise ValueError(
                f"YUANRONG_CIPHERS={self.ciphers} 需要本机 OpenSSL 提供 {'、'.join(missing)}"
                f" | needs an OpenSSL that offers {', '.join(missing)}"
            )
        if not self.database_in_private:
            raise ValueError(
                "YUANRONG_DATABASE_URL 的数据库不在本机时须写 sslmode=verify-full | a database elsewhere needs sslmode=verify-full"
            )
        if self.smtp_host and not MAILBOX.fullmatch(self.mail_from):
            raise ValueError("YUANRONG_MAIL_FROM 须为邮箱地址 | must be an e-mail address")
        if self.smtp_host and self.smtp_security == "none" and not _loopback(self.smtp_host):
            raise ValueError(
                "YUANRONG_SMTP_SECURITY 为 none 时只能用本机的发信服务器 | none is for a relay on this machine"
            )
        if self.replica and not (self.replica.startswith("postgresql") and self.url.startswith("postgresql")):
            raise ValueError(
                "YUANRONG_REPLICA 须以 postgresql:// 开头，数据库也须是 PostgreSQL | needs PostgreSQL on both sides"
            )
        if self.workers > 1 and self.url.startswith("sqlite"):
            raise ValueError("YUANRONG_WORKERS 大于 1 需要 PostgreSQL | more than one worker needs PostgreSQL")
        if self.work_apart and self.url.startswith("sqlite"):
            raise ValueError("YUANRONG_WORK_APART 需要 PostgreSQL | work apart needs PostgreSQL")
        return self

    @model_validator(mode="after")
    def known_to_the_provider(self) -> Settings:
        """Who somebody is travels no more in clear than a password."""
        issuer = urlsplit(self.oidc_issuer)
        plain = issuer.scheme == "http" and _loopback(issuer.hostname or "")
        if self.oidc_issuer and not (self.oidc_client and (issuer.scheme == "https" or plain)):
            raise ValueError(
                "YUANRONG_OIDC_ISSUER 须以 https:// 开头，并设 YUANRONG_OIDC_CLIENT | OIDC needs https and a client name"
            )
        return self

    @model_validator(mode="after")
    def places_are_there(self) -> Settings:
        """What is looked into is a file, and what files are shown to is on this machine."""
        if self.leaked_passwords and not Path(self.leaked_passwords).is_file():
            raise ValueError("YUANRONG_LEAKED_PASSWORDS 不是文件 | is no file")
        if self.scanner and not (self.scanner.startswith("/") or _nearby(self.scanner)):
            raise ValueError(
                "YUANRONG_SCANNER 须为套接字文件或本机的 主机:端口 | must be a socket file or host:port on this machine"
            )
        return self

    @property
    def url(self) -> str:
        """The database's address; plain postgresql:// means the driver that is shipped."""
        given = self.database_url or f"sqlite:///{self.data_dir / 'yuanrong.db'}"
        return (
            given.replace("postgresql://", "postgresql+psycopg://", 1) if given.startswith("postgresql://") else given
        )

    @property
    def database_in_private(self) -> bool:
        """What goes to the database stays on this machine, or goes by TLS to a server whose certificate is checked (ASVS 12.3.1)."""
        return all(_in_private(address) for address in (self.url, self.replica) if address)

    @property
    def site(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return (self.public_url or f"http://{host}:{self.port}").rstrip("/")

    @property
    def secure(self) -> bool:
        return self.site.startswith("https://")

    @property
    def on_loopback(self) -> bool:
        return _loopback(urlsplit(self.site).hostname or "")

    @property
    def hosts(self) -> tuple[str, ...]:
        """Every Host header that is answered; all else gets 400."""
        own = urlsplit(self.site)
        local = (f"localhost:{own.port}", f"127.0.0.1:{own.port}") if self.on_loopback and own.port else ()
        return tuple(dict.fromkeys((own.netloc, *local, *self.allowed_hosts)))

    @cached_property
    def secret(self) -> SecretStr:
        """The key behind form tokens, made once and kept readable by its owner alone."""
        path = self.data_dir / "secret.key"
        if not path.exists():
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            write_first(path, secrets.token_hex(32))
        return SecretStr(path.read_text(encoding="ascii").strip())

    @property
    def robots(self) -> tuple[str, ...]:
        """Every host a robot of a work chat may be called at."""
        return self.hook_hosts or ROBOTS

    @property
    def helper(self) -> str:
        """Whom papers send people to, with the number to call."""
        return f"{self.zone_office}，电话 {self.zone_phone}"

    @property
    def uploads(self) -> Path:
        return self.data_dir / "uploads"

    @property
    def checkpoint_folder(self) -> Path:
        """The second place: what was sealed of the journal, out of reach of whoever holds the database."""
        return Path(self.checkpoints) if self.checkpoints else self.data_dir / "checkpoints"

    @property
    def erased_list(self) -> Path:
        """Who was erased, by number: there as well, so that no older backup brings them back."""
        return self.checkpoint_folder / "erased.jsonl"

    @property
    def checkpoint_key(self) -> Path:
        """The key that signs checkpoints: beside the other secrets, never in the database."""
        return self.data_dir / ("checkpoint.key" if self.suite is INTERNATIONAL else "checkpoint-sm2.key")

    @property
    def suite(self) -> Suite:
        """What is sealed, hashed and signed with from now on."""
        return SUITES[self.ciphers]

    @property
    def backup_key_file(self) -> Path:
        """What opens a backup: never in one, and of no use beside them."""
        return Path(self.backup_key) if self.backup_key else self.data_dir / "backup.key"

    @property
    def key_file(self) -> Path:
        """Where the keys of sealed fields lie: never in the database, never in a backup."""
        return Path(self.sealing_keys) if self.sealing_keys else self.data_dir / "sealing.key"


def _in_private(address: str) -> bool:
    asked = urlsplit(address)
    more = dict(parse_qsl(asked.query))
    host = asked.hostname or more.get("host", "")
    here = asked.scheme == "sqlite" or not host or host.startswith("/") or _loopback(host)
    return here or more.get("sslmode") in {"verify-full", "verify-ca"}


def _nearby(place: str) -> bool:
    """Whether `host:port` is on this machine."""
    host, _, port = place.rpartition(":")
    return port.isdigit() and _loopback(host.strip("[]"))


def _loopback(host: str) -> bool:
    return host == "localhost" or (host.replace(".", "").isdigit() and ip_address(host).is_loopback) or host == "::1"


def write_first(path: Path, text: str) -> None:
    """A file only its owner reads, whole as soon as it has its name; of processes that start together the first wins."""
    own = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    with os.fdopen(os.open(own, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="ascii") as file:
        file.write(text)
    with suppress(FileExistsError):
        path.hardlink_to(own)
    own.unlink()
