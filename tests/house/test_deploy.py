"""What is under setup/deploy/ names settings and commands that exist, and says the same in each place."""

from __future__ import annotations

import configparser
import re
import subprocess
from pathlib import Path

import pytest
import yaml

from financing.settings import Settings
from web.command import PLACES

DEPLOY = Path(__file__).parents[2] / "setup/deploy"
UNITS = ("yuanrong-web@.service", "yuanrong-worker@.service")


def unit(name: str) -> configparser.ConfigParser:
    read = configparser.ConfigParser(strict=True, interpolation=None, comment_prefixes=("#",))
    read.optionxform = str
    read.read_string((DEPLOY / name).read_text(encoding="utf-8"))
    return read


def test_every_setting_there_is_one_of_ours():
    named = {
        name
        for path in DEPLOY.iterdir()
        for name in re.findall(r"YUANRONG_([A-Z_]+)", path.read_text(encoding="utf-8"))
    }
    assert {name.lower() for name in named} <= set(Settings.model_fields)
    assert {"WORK_APART", "CHECKPOINTS", "BACKUPS", "WORKERS"} <= named


@pytest.mark.parametrize("name", UNITS)
def test_a_unit_runs_a_command_of_ours_with_nothing_it_does_not_need(name):
    service = unit(name)["Service"]
    assert service["ExecStart"].split()[-1] in PLACES
    assert service["User"] == "yuanrong"
    assert service["NoNewPrivileges"] == "true"
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert unit(name)["Install"]["WantedBy"] == "multi-user.target"


def test_the_units_differ_in_nothing_but_what_they_run():
    web, worker = (dict(unit(name)["Service"]) for name in UNITS)
    assert (web.pop("ExecStart").split()[-1], worker.pop("ExecStart").split()[-1]) == ("serve", "worker")
    assert web == worker


def test_the_compose_file_runs_pages_work_and_a_database_that_is_no_superusers():
    said = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    services = said["services"]
    ours = {name: one["command"] for name, one in services.items() if one.get("image") == "yuanrong"}
    assert ours == {"migrate": ["migrate", "--service", "yuanrong_service"], "web": ["serve"], "worker": ["worker"]}
    assert all(command[0] in PLACES for command in ours.values())
    for name in ours:
        one = services[name]
        assert one["read_only"] and one["cap_drop"] == ["ALL"]
        assert one["environment"]["YUANRONG_TRUSTED_PROXY"] == services["proxy"]["networks"]["inside"]["ipv4_address"]
        assert {volume.split(":")[0] for volume in one["volumes"]} <= set(said["volumes"])
    # each account has its own password, and the database listens on no network
    assert services["web"]["secrets"] == ["pgpass"] and services["migrate"]["secrets"] == ["pgpass_owner"]
    assert services["database"]["network_mode"] == "none" and "listen_addresses=" in services["database"]["command"]
    assert "--auth-local=scram-sha-256" in services["database"]["environment"]["POSTGRES_INITDB_ARGS"]
    assert "NOSUPERUSER" in (DEPLOY / "database.sh").read_text(encoding="utf-8")
    subprocess.run(["sh", "-n", DEPLOY / "database.sh"], check=True)


def test_the_proxy_overwrites_what_a_client_says_of_itself():
    said = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert said.count("{") == said.count("}")
    assert said.count("proxy_set_header X-Forwarded-For $remote_addr;") == said.count("proxy_pass ") == 2
    assert "proxy_add_x_forwarded_for" not in said


def test_the_proxy_speaks_tls_of_today_alone_and_leads_no_program_on():
    said = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    assert re.findall(r"ssl_protocols (.*);", said) == ["TLSv1.2 TLSv1.3"]
    suites = re.findall(r"ssl_ciphers (.*);", said)[0].split(":")
    assert all(
        re.fullmatch(r"ECDHE-(ECDSA|RSA)-(AES(128|256)-GCM-SHA(256|384)|CHACHA20-POLY1305)", one) for one in suites
    )
    assert suites[0].startswith("ECDHE-ECDSA-AES256")
    # in clear, people are led on to https, and programs learn at once that they are wrong
    clear = said[said.index("listen 80") : said.index("listen 443")]
    assert "location /api/ { return 403; }" in clear and "return 301 https://" in clear
    assert "autoindex" not in said and "server_tokens off;" in said


def test_nothing_of_the_history_of_the_source_or_of_its_tests_is_in_the_image():
    left = (DEPLOY / "Containerfile.dockerignore").read_text(encoding="utf-8").split()
    assert {".git", "tests", "bench", "setup/deploy/secrets"} <= set(left)
    assert "rm -rf .git" in (DEPLOY / "Containerfile").read_text(encoding="utf-8")
