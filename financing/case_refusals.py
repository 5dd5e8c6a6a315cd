"""Why the answer is no on the road of a case: score and guarantee, matching, sessions, offers."""

from __future__ import annotations

from financing.refusals import Refusal


# --- credit and guarantees --------------------------------------------------------------------------------------------
class NoFacts(Refusal):
    code = "no_facts"


class LookedAt(Refusal):
    """Somebody has already said what came of this flag."""

    code = "looked_at"
    status = 409


class CardUnsound(Refusal):
    """A draft of a scorecard that does not load: `file`, `key`, what is `wrong`, what would be `right`; shown at `field`."""

    code = "card_unsound"


class CardTooEarly(Refusal):
    """A card would take effect on a day that has begun; `least` is the first day that may be chosen (F09)."""

    code = "card_too_early"


class CardDayTaken(Refusal):
    """Another adopted card takes effect on the same day."""

    code = "card_day_taken"
    status = 409


class CardNotCarried(Refusal):
    """The votes recorded do not adopt the card; `least` votes, and two thirds of them in favour."""

    code = "card_not_carried"


class CardInForce(Refusal):
    """A card that has taken effect is not withdrawn; a later version replaces it."""

    code = "card_in_force"
    status = 409


class CardAltered(Refusal):
    """The document of an adopted card is not the one that was adopted."""

    code = "card_altered"
    status = 500


class NoPhotos(Refusal):
    """A visit without pictures; `least` says how many there must be."""

    code = "no_photos"


class SameOfficer(Refusal):
    """Whoever made the visit cannot be the second opinion; `name` says who that was."""

    code = "same_officer"
    status = 409


class NotEligible(Refusal):
    """A hard gate failed; `gates` names each."""

    code = "not_eligible"


class Eligible(Refusal):
    """Every gate is passed: only the committee may say no."""

    code = "eligible"
    status = 409


class LimitReached(Refusal):
    code = "limit_reached"
    status = 409


class NoGuarantor(Refusal):
    code = "no_guarantor"


class RelationKnown(Refusal):
    """The same relation stands already."""

    code = "relation_known"
    status = 409


class ToItself(Refusal):
    code = "to_itself"


class NoDuty(Refusal):
    """No report is owed, or it has been made."""

    code = "no_duty"
    status = 409


class NothingChanged(Refusal):
    """A proposal that says what stands already."""

    code = "nothing_changed"


class ChangeOpen(Refusal):
    """Another proposal about the same thing waits for its decision; `number` names it."""

    code = "change_open"
    status = 409


class SamePerson(Refusal):
    """Nobody decides what they proposed (I-20)."""

    code = "same_person"
    status = 403


class TermsMoved(Refusal):
    """What a proposal was to change is no longer what it was."""

    code = "terms_moved"
    status = 409


class NoQuorum(Refusal):
    code = "no_quorum"
    status = 409


class RoundOpen(Refusal):
    """Nothing is sealed before the first round is over; `seats` may vote, `cast` have (F13)."""

    code = "round_open"
    status = 409


class RoundOver(Refusal):
    """The first round is over already."""

    code = "round_over"
    status = 409


class StillVoting(Refusal):
    """Members named as present have not voted in the first round; `names` says who."""

    code = "still_voting"
    status = 409


class VotedNotNamed(Refusal):
    """Who has voted is present; `names` were left out."""

    code = "voted_not_named"


class ScoreOlder(Refusal):
    """A case that a changed file set back comes to a sitting only with a score made after the change (F14)."""

    code = "score_older"
    status = 409


class Tied(Refusal):
    """A member with a tie neither reads nor votes (回避)."""

    code = "tied"
    status = 403


class NotEntitled(Refusal):
    """Somebody chosen is not a member who may vote on this case."""

    code = "not_entitled"


class OwnTie(Refusal):
    """The chair's own tie is declared, not imposed."""

    code = "own_tie"


class NotSeated(Refusal):
    code = "not_seated"
    status = 403


class TooFewMembers(Refusal):
    code = "too_few_members"


class OneChair(Refusal):
    """A meeting has exactly one chair; `found` says how many were named."""

    code = "one_chair"


class NotDecided(Refusal):
    """A meeting closes only with a result for each case; `cases` are the numbers still open."""

    code = "not_decided"
    status = 409


class NotSurveyed(Refusal):
    """Nothing goes to the committee before two officers have given their opinions."""

    code = "not_surveyed"
    status = 409


class ConditionsOwed(Refusal):
    """Conditions of the committee without accepted proof; `count` and `says` name them (F42)."""

    code = "conditions_owed"
    status = 409


class OwnProof(Refusal):
    """Whoever handed a proof in does not accept it."""

    code = "own_proof"
    status = 409


class PastDay(Refusal):
    code = "past_day"


# --- matching, sessions, offers ---------------------------------------------------------------------------------------
class NoMatch(Refusal):
    code = "no_match"


class NoConsent(Refusal):
    code = "no_consent"


class NotAPeriod(Refusal):
    """A consent for fewer than one day or more than a year; `most` names the days."""

    code = "not_a_period"


class NoTable(Refusal):
    code = "no_table"


class BeyondNeed(Refusal):
    """An offer above what was asked for or guaranteed (I-22)."""

    code = "beyond_need"


class OfferOver(Refusal):
    code = "offer_over"
    status = 409
