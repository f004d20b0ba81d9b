"""The algebra of approvals as a pure value: who sits in a round, what counts, and when it is decided."""
