"""`python -m flowengine` is the command `flowengine`, for when the script is not on the path."""

from __future__ import annotations

from flowengine.cli.main import main

if __name__ == "__main__":
    main()
