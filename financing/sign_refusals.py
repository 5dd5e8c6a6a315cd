"""Why the answer is no to somebody who signs in, or has to prove again who they are."""

from __future__ import annotations

from financing.refusals import Refusal


class HalfwayIn(Refusal):
    """The password was right, and something is still waited for (`waits`): nothing else opens before."""

    code = "halfway_in"
    status = 401


class ProofNeeded(Refusal):
    """An act that asks for a proof of who it is which is not older than `minutes`."""

    code = "proof_needed"
    status = 401


class FactorFirst(Refusal):
    """An act that nobody does by a password alone, asked for by somebody who has no second factor yet."""

    code = "factor_first"
    status = 409


class WrongProof(Refusal):
    """A code, passkey or password that does not fit, or has been used."""

    code = "wrong_proof"


class PasskeyRefused(Refusal):
    """What the browser sent is no new passkey of this site."""

    code = "passkey_refused"


class NoFactor(Refusal):
    """Recovery codes stand in for a second factor; there is none yet."""

    code = "no_factor"
    status = 409


class FactorWanted(Refusal):
    """The last second factor of somebody whose role needs one."""

    code = "factor_wanted"
    status = 409


class ClocksApart(Refusal):
    """The server's clock and the database's are more than a minute apart: nothing with a deadline is done meanwhile."""

    code = "clocks_apart"
    status = 503


class SecretOpen(Refusal):
    """A file with a secret that others than its owner may read: nothing is served."""

    code = "secret_open"


class SecretWeak(Refusal):
    """A file with a secret that is short, or no random one: nothing is served."""

    code = "secret_weak"


class InvitationWaits(Refusal):
    """An invitation into a role that decides, which nobody but its maker has confirmed yet."""

    code = "invitation_waits"


class RemitMissing(Refusal):
    """An administrator is in charge of running or of accounts; the invitation says of which."""

    code = "remit_missing"


class HeldTogether(Refusal):
    """Running, accounts and auditing are three people's; `who` holds `held` already."""

    code = "held_together"
    status = 409


class Asleep(Refusal):
    """The password is right, and the account was put to sleep because nobody used it."""

    code = "asleep"


class WrongPassword(Refusal):
    """The present password, asked for before it is changed, does not fit."""

    code = "wrong_password"


class ProviderAway(Refusal):
    """The zone's identity provider does not answer."""

    code = "provider_away"
    status = 503


class ProviderRefused(Refusal):
    """What came back from the provider is not what this browser began, or does not hold; `why` is a word for whoever looks into it."""

    code = "provider_refused"


class NotLinked(Refusal):
    """The identity `subject` is linked to no account that may be used."""

    code = "not_linked"


class IdentityTaken(Refusal):
    """The identity is linked to another account."""

    code = "identity_taken"
    status = 409


class NothingLinked(Refusal):
    """There is no identity to confirm or to take away."""

    code = "nothing_linked"
    status = 409
