"""The plan: a checked process made executable. Pure; the same words always give the same plan."""
