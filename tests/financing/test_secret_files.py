"""Secrets that others read, that are short or come from a manual keep the service from starting (C-45)."""

from __future__ import annotations

import pytest

from financing.key_file import KeyRing
from financing.locked_file import KeyFile
from financing.proof.places import Signer
from financing.secret_files import inventory, require_safe
from financing.settings import Settings
from financing.sign_refusals import SecretOpen, SecretWeak


@pytest.fixture(params=["international", "national"])
def settings(tmp_path, request):
    """All of the secrets as the program makes them."""
    made = Settings(data_dir=tmp_path, ciphers=request.param)
    assert made.secret and KeyRing(made.key_file, made.suite).all()
    assert Signer(made.checkpoint_key, made.suite).public and KeyFile(made.backup_key_file, made.suite).key(
        b"salt", made.suite
    )
    return made


def test_C45_what_the_program_makes_is_its_owners_alone_and_passes(settings):
    assert [one.mode for one in inventory(settings)] == ["0600"] * 4
    require_safe(settings)
    for one in inventory(settings):
        one.path.chmod(0o400)
    require_safe(settings)


def test_C45_each_that_others_read_is_named(settings):
    for one in inventory(settings):
        for mode in (0o640, 0o604, 0o620):
            one.path.chmod(mode)
            with pytest.raises(SecretOpen) as refused:
                require_safe(settings)
            assert refused.value.facts == {"path": str(one.path), "mode": f"{mode:04o}"}
        one.path.chmod(0o600)


@pytest.mark.parametrize(
    "weak", ["", "changeme\n", "secret\n", "ab" * 15, "00" * 32, "deadbeef" * 8, "0123456789abcdef", "密钥" * 20]
)
def test_C45_each_that_is_short_or_no_random_one_is_named(settings, weak):
    for one in inventory(settings):
        kept = one.path.read_bytes()
        one.path.write_text(weak, encoding="utf-8")
        with pytest.raises(SecretWeak) as refused:
            require_safe(settings)
        assert refused.value.facts == {"path": str(one.path)}
        one.path.write_bytes(kept)
    require_safe(settings)
