"""What the engine answers, in lines for people and in rows for programs."""
