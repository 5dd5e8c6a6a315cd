"""Every table of the platform, so that the metadata is whole wherever it is needed."""

from financing import checkpoints, entries, finding, journal, leading, numbers, once, outbox
from financing.bridge import model as bridge
from financing.bridge import promise_model as bridge_promises
from financing.bulletins import model as bulletins
from financing.cadence import model as cadence
from financing.charges import model as charges
from financing.clocks import model as clocks
from financing.clocks import promise_model
from financing.commitments import model as commitments
from financing.compensation import model as compensation
from financing.compensation import recovery_model, review_model, stop_model
from financing.conduct import model as conduct
from financing.contests import model as contests
from financing.credit import model as credit
from financing.credit import places
from financing.dated import model as dated
from financing.db import Base
from financing.diligence import model as diligence
from financing.emergencies import model as emergencies
from financing.events import model as events
from financing.figures import comment_model, tracks
from financing.figures import model as figures
from financing.forums import day_model
from financing.forums import model as forums
from financing.guarantees import agenda_model, change_model, delegated, delegation_model, documents, set_back
from financing.guarantees import committee_model as committee
from financing.guarantees import model as guarantees
from financing.guarantees import recusal as recusals
from financing.guarantees.agreement_model import SharingAgreement
from financing.guarantees.security_model import CounterGuarantee
from financing.helping import appointment_model, request_model, survey_model, task_model
from financing.helping import ladder_model as help_ladder
from financing.helping import model as helping
from financing.hygiene import model as hygiene
from financing.imports import model as imports
from financing.incidents import model as incidents
from financing.inspections import model as inspections
from financing.letters import model as letters
from financing.letters import paper_model
from financing.lists import model as lists
from financing.loans import change_model as loan_changes
from financing.loans import model as loans
from financing.loans import reversal_model as repayment_reversals
from financing.matching import model as matching
from financing.needs import behalf_model
from financing.needs import model as needs
from financing.notices import model as notices
from financing.offers import ask_model, claim_model, drawdown_model, release_model, reversal_model
from financing.offers import model as offers
from financing.office import model as office
from financing.papers import model as papers
from financing.parties import model as parties
from financing.parties import permit_model as permits
from financing.people import key_model, unfinished_model
from financing.people import model as people
from financing.personal import model as personal
from financing.policies import claim_model as policy_claims
from financing.policies import model as policies
from financing.quality import model as quality
from financing.ratings import model as ratings
from financing.register import model as register
from financing.reserves import model as reserves
from financing.watch import model as watch

__all__ = [
    "Base",
    "CounterGuarantee",
    "SharingAgreement",
    "agenda_model",
    "appointment_model",
    "ask_model",
    "behalf_model",
    "bridge",
    "bridge_promises",
    "bulletins",
    "cadence",
    "change_model",
    "charges",
    "checkpoints",
    "claim_model",
    "clocks",
    "comment_model",
    "commitments",
    "committee",
    "compensation",
    "conduct",
    "contests",
    "credit",
    "dated",
    "day_model",
    "delegated",
    "delegation_model",
    "diligence",
    "documents",
    "drawdown_model",
    "emergencies",
    "entries",
    "events",
    "figures",
    "finding",
    "forums",
    "guarantees",
    "help_ladder",
    "helping",
    "hygiene",
    "imports",
    "incidents",
    "inspections",
    "journal",
    "key_model",
    "leading",
    "letters",
    "lists",
    "loan_changes",
    "loans",
    "matching",
    "needs",
    "notices",
    "numbers",
    "offers",
    "office",
    "once",
    "outbox",
    "paper_model",
    "papers",
    "parties",
    "people",
    "permits",
    "personal",
    "places",
    "policies",
    "policy_claims",
    "promise_model",
    "quality",
    "ratings",
    "recovery_model",
    "recusals",
    "register",
    "release_model",
    "repayment_reversals",
    "request_model",
    "reserves",
    "reversal_model",
    "review_model",
    "set_back",
    "stop_model",
    "survey_model",
    "task_model",
    "tracks",
    "unfinished_model",
    "watch",
]

metadata = Base.metadata
