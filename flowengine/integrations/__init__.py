"""Other people's schedulers let time pass. Each file is imported only by hosts that run its framework."""
