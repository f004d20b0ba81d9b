"""In which language a page speaks: the reader's if it is one of ours, else that of the process."""

from __future__ import annotations

from collections.abc import Iterator

from flowengine.texts import LANGUAGES, Lang


def tongue(accepted: str, default: Lang) -> Lang:
    """The language of a reader who accepts these (`Accept-Language`), the one most liked first."""
    wanted = sorted(_wanted(accepted), key=lambda each: -each[0])
    return next((lang for _, name in wanted for lang in LANGUAGES if name == lang), default)


def _wanted(accepted: str) -> Iterator[tuple[float, str]]:
    for part in accepted.split(",")[:20]:
        name, _, rest = part.strip().lower().partition(";")
        try:
            weight = float(rest.partition("q=")[2] or 1)
        except ValueError:
            continue
        if weight > 0:
            yield weight, name.partition("-")[0]
