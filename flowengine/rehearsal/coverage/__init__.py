"""What scenarios have met of a process: its ground, the tracks that runs leave on it, and what is untouched.

Everything is derived afterwards, from the plan and the events in history; the kernel knows nothing of it.
"""
