"""How rehearsals are told: as text, as JSON, as JUnit for build servers; and what is said in training."""
