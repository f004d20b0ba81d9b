"""The decision: `decide(plan, order, command, by, now)`. Pure; no clock, ids, randomness or I/O.

House rules. Commands are what somebody wants, events what happened, with all consequences, so that
`apply` needs no plan. Effects are data and never carried out here. A refusal changes nothing. Time
plays first: whatever fell due before a command happens before it, as of its own instant.
"""
