"""Every cipher of both suites held to the vectors of its standard, and a zone that goes from one suite to the other (C-46, §6)."""

from __future__ import annotations

import hashlib
import io
import json
import subprocess
import sys
from datetime import timedelta
from random import Random

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from pydantic import ValidationError
from sqlalchemy.orm import Session

from financing import desk, journal, settings, signature_check
from financing.access import SYSTEM
from financing.acts import Act
from financing.checkpoint_check import Doubted, read
from financing.ciphers import BY_MARK, INTERNATIONAL, NATIONAL, SUITES, Sm2, lacking, sm2_with
from financing.conduct_refusals import KeysAway, SealBroken
from financing.journal_check import Broken, Unable, check, check_excerpt
from financing.locked_file import KeyFile, Passphrase, Spoilt, Unlocking, locked
from financing.proof.against import verify
from financing.proof.checker import program
from financing.proof.kit import write
from financing.proof.making import make
from financing.proof.places import Folder, Signer
from financing.proof.proving import prove
from financing.proof_refusals import WrongLock
from financing.sealing import Ring
from financing.settings import Settings
from financing.sm2_check import SM2_ORDER, sm2_digest, sm2_signed
from tests.makers import NOW


def unhex(text: str) -> bytes:
    return bytes.fromhex(text)


def test_C46_hashes_and_macs_are_those_of_the_standards():
    # GB/T 32905-2016, appendix A.1 and A.2
    assert NATIONAL.hash(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert NATIONAL.hash(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    # FIPS 180-4, example of one block
    assert INTERNATIONAL.hash(b"abc").hex() == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    # RFC 4231, test cases 1 and 2
    assert INTERNATIONAL.mac(b"\x0b" * 20, b"Hi There").hex() == (
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
    )
    assert INTERNATIONAL.mac(b"Jefe", b"what do ya want for nothing?").hex() == (
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    )
    # HMAC-SM3 by the definition of RFC 2104 (blocks of 64 bytes), written out
    for key, text in ((b"k" * 20, b"Hi There"), (b"long" * 40, b"")):
        block = (hashlib.new("sm3", key).digest() if len(key) > 64 else key).ljust(64, b"\0")
        inner = hashlib.new("sm3", bytes(one ^ 0x36 for one in block) + text).digest()
        outer = hashlib.new("sm3", bytes(one ^ 0x5C for one in block) + inner).hexdigest()
        assert NATIONAL.mac(key, text).hex() == outer


def test_C46_sealing_is_that_of_the_standards():
    key = unhex("0123456789abcdeffedcba9876543210")
    block = Cipher(algorithms.SM4(key), modes.ECB()).encryptor()  # noqa: S305  the block cipher itself: GB/T 32907-2016, A.1
    assert block.update(key).hex() == "681edf34d206965e86b3e94f536e4246"
    # RFC 8998, appendix A.1: SM4-GCM
    letters = (0xAA, 0xBB, 0xCC, 0xDD, 0xEE, 0xFF, 0xEE, 0xAA)
    plain = b"".join(bytes([one]) * 8 for one in letters)
    bound = unhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    sealed = NATIONAL.aead(key).encrypt(unhex("00001234567800000000abcd"), plain, bound)
    assert sealed.hex() == (
        "17f399f08c67d5ee19d0dc9969c4bb7d5fd46fd3756489069157b282bb200735"
        "d82710ca5c22f0ccfa7cbf93d496ac15a56834cbcf98c397b4024a2691233b8d"
        "83de3541e4c2b58177e065a9bf7b62ec"
    )
    assert NATIONAL.aead(key).decrypt(unhex("00001234567800000000abcd"), sealed, bound) == plain
    # McGrew and Viega, The Galois/Counter Mode (submitted to NIST), test cases 13 and 14
    cipher = INTERNATIONAL.aead(bytes(32))
    assert cipher.encrypt(bytes(12), b"", b"").hex() == "530f8afbc74536b9a963b4f1c4cb738b"
    assert cipher.encrypt(bytes(12), bytes(16), b"").hex() == (
        "cea7403d4d606b6e074ec5d3baf39d18d0d1c8a799996bf0265b98b5d48ab919"
    )


def test_C46_signatures_are_those_of_the_standards():
    # RFC 8032, 7.1, test 1
    key = INTERNATIONAL.signing(unhex("9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"))
    assert key.public.hex() == "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    assert key.sign(b"").hex() == (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    # GB/T 32918.5-2017, appendix A: message digest, default identity
    private = unhex("3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8")
    sm2 = Sm2(private)
    assert sm2.public.hex() == (
        "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
    )
    e = sm2_digest(sm2.public, b"message digest")
    assert f"{e:x}" == "f0b43e94ba45accaace692ed534382eb17e6ab5a19ce7b31f4486fdfc0d28640"
    k = int("59276e27d506861a16680f3ad9c02dccef3cc1fa3cdbe4ce6d54b80deac1bc21", 16)
    signature = sm2_with(int.from_bytes(private), e, k)
    assert signature == unhex(
        "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
    )
    assert sm2_signed(sm2.public, b"message digest", signature)


def test_C46_no_bit_of_an_sm2_signature_or_its_message_can_be_changed():
    key, random = NATIONAL.signing(NATIONAL.new_private()), Random(7)
    message = b"checkpoint"
    signature = key.sign(message)
    assert signature_check.signed(key.public, message, signature) and key.sign(message) != signature
    for _ in range(12):
        at, bit = random.randrange(64), 1 << random.randrange(8)
        changed = bytes(one ^ (bit if place == at else 0) for place, one in enumerate(signature))
        assert not signature_check.signed(key.public, message, changed)
    other = NATIONAL.signing(NATIONAL.new_private()).public
    nought, whole = bytes(32), SM2_ORDER.to_bytes(32)
    for public, text, said in (
        (other, message, signature), (key.public, b"checkpoinT", signature), (key.public[:63] + bytes([key.public[63] ^ 1]), message, signature),
        (key.public, message, nought + signature[32:]), (key.public, message, signature[:32] + nought),
        (key.public, message, whole + signature[32:]), (key.public, message, signature[:63]), (bytes(64), message, signature),
    ):  # fmt: skip
        assert not signature_check.signed(public, text, said)


@pytest.mark.parametrize("suite", SUITES.values(), ids=list(SUITES))
def test_C46_a_backup_says_its_suite_and_opens_under_either_setting(tmp_path, suite):
    path, other = tmp_path / "backup.key", next(one for one in SUITES.values() if one is not suite)
    content = Random(3).randbytes(150_000)
    with locked(tmp_path / "made", KeyFile(path, suite)) as out:
        out.write(content)
    stored = (tmp_path / "made").read_bytes()
    for setting in (suite, other):
        assert io.BufferedReader(Unlocking(io.BytesIO(stored), KeyFile(path, setting))).read() == content
    for wrong in (KeyFile(tmp_path / "another"), Passphrase("七月的港口")):
        with pytest.raises(WrongLock):
            Unlocking(io.BytesIO(stored), wrong)
    for at in (4, 90_000):  # the byte that names the suite is authenticated as all others are
        spoilt = stored[:at] + bytes([stored[at] ^ 16]) + stored[at + 1 :]
        with pytest.raises((WrongLock, Spoilt)):
            io.BufferedReader(Unlocking(io.BytesIO(spoilt), KeyFile(path))).read()


def test_C46_cells_of_both_suites_lie_side_by_side_and_an_old_key_file_opens(tmp_path):
    path = tmp_path / "sealing.key"
    path.write_text(f"{'11' * 32}\n{'22' * 32}\n")  # as it was written before there were suites
    old, new = Ring(path), Ring(path, NATIONAL)
    before, mark = old.write("a.told", 7, {"text": "一"}), old.mark("user\n7")
    assert new.mark("user\n7") == mark and new.marks("user\n7") == [mark]  # a mark stays until marks are made anew
    after = new.write("a.told", 7, {"text": "二"})
    assert (before[:1], after[:1]) == (INTERNATIONAL.mark, NATIONAL.mark)
    for ring in (old, new):
        assert [ring.read("a.told", 7, cell)["text"] for cell in (before, after)] == ["一", "二"]
    assert old.write("a.told", 7, {})[:1] == INTERNATIONAL.mark
    for other in {*BY_MARK, b"\xa3"} - {after[:1]}:
        with pytest.raises((SealBroken, KeysAway)):
            new.open("a.told", 7, other + after[1:])


def test_C46_a_zone_goes_over_to_the_national_suite_and_back_and_every_check_holds(database, tmp_path, monkeypatch):
    """One chain, checkpoints of three stretches, proofs, an excerpt and a kit, checked by the program that strangers get."""
    folder, now = Folder(tmp_path / "outside"), NOW
    for suite in (INTERNATIONAL, NATIONAL, INTERNATIONAL):
        database.ring = Ring(tmp_path / "sealing.key", suite)
        for _ in range(5):
            with desk.opened(database, SYSTEM, now) as here:
                here.note(Act.RECONCILE, here.session.get_one(journal.Head, 1), told=journal.Private("七"))
            now += timedelta(minutes=1)
        assert make(database, Signer(tmp_path / f"{suite.name}.key", suite), folder, now)
    said = [json.loads(line)["checkpoint"] for line in folder.lines()]
    assert [one["algorithm"] for one in said] == ["ed25519-sha256", "sm2-sm3", "ed25519-sha256"]
    assert [len(public) for public in folder.keys().values()].count(64) == 1
    assert (verify(database, folder).lines, verify(database, folder).covered) == (15, 15)
    with Session(database.reader) as session:
        whole, part = list(journal.exported(session)), list(journal.excerpt(session, {2, 14}))
        same = {json.loads(line)["body"]["facts"]["told"]["committed"] for line in whole[:-1]}
        assert same == set(journal.commitments(session, 0, "七"))
    assert check(whole)[0] == 15 and check_excerpt(part)[:2] == (2, 14)
    assert any('"sm3:' in line for line in part)
    papers = {f"{seq}.json": json.dumps(prove(database, folder, seq), indent=1) for seq in (1, 7, 15)} | {
        "part.jsonl": "\n".join(part)
    }
    for name, content in papers.items():
        (tmp_path / name).write_text(content, encoding="utf-8")
    kit = write(database, folder, Signer(tmp_path / "national.key", NATIONAL), tmp_path / "kit", now)
    (tmp_path / "check.py").write_text(program(), encoding="utf-8")
    for name in (*papers, str(kit)):  # -S: neither the library for signatures nor anything of ours is there
        program_of_strangers = [sys.executable, "-I", "-S", tmp_path / "check.py", tmp_path / name]
        done = subprocess.run(program_of_strangers, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (name, done.stderr)
    renamed = [line.replace('"algorithm":"sm3"', '"algorithm":"sha256"') for line in whole]
    unknown = [line.replace('"algorithm":"sm3"', '"algorithm":"md5"') for line in whole]
    for changed in (renamed, unknown):
        with pytest.raises(Broken):
            check(changed)
    with pytest.raises(Doubted):  # a checkpoint whose algorithm was renamed is none of its key's
        read([line.replace("sm2-sm3", "ed25519-sha256") for line in folder.lines()], folder.keys())
    monkeypatch.setattr(hashlib, "new", lambda *_: (_ for _ in ()).throw(ValueError("unsupported")))
    with pytest.raises(Unable, match="没有 SM3"):
        check(whole)


def test_C46_a_setting_that_cannot_be_kept_is_refused_with_what_is_missing(monkeypatch):
    assert [lacking(suite) for suite in SUITES.values()] == [(), ()]
    assert Settings(ciphers="national").suite is NATIONAL
    with pytest.raises(ValidationError):
        Settings(ciphers="rot13")
    monkeypatch.setattr(settings, "lacking", lambda _: ("SM3", "SM4-GCM"))
    with pytest.raises(ValidationError, match="需要本机 OpenSSL 提供 SM3、SM4-GCM"):
        Settings(ciphers="national")
