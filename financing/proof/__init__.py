"""The journal proved to strangers: signed checkpoints in a second place, proofs of single lines, the auditor's kit, what a restore lost."""
