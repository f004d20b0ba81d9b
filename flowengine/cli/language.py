"""Which language the command line speaks: the one asked for, else the environment's, else the machine's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flowengine.texts import LANGUAGES, Lang

ENVIRONMENT = ("FLOWENGINE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


def language(words: Sequence[str], environ: Mapping[str, str]) -> Lang:
    """The language of a call, known before anything is parsed: help and complaints speak it too."""
    if asked := _asked(words):
        return asked
    said = next((environ[name] for name in ENVIRONMENT if environ.get(name)), "")
    return "zh" if said.lower().startswith("zh") else "en"


def _asked(words: Sequence[str]) -> Lang | None:
    """The value of the last `--lang` among the words, wherever it stands; click refuses a wrong one."""
    found: Lang | None = None
    for position, word in enumerate(words):
        if word == "--":
            break
        name, equals, value = word.partition("=")
        if name == "--lang":
            wanted = value if equals else "".join(words[position + 1 : position + 2])
            found = next((lang for lang in LANGUAGES if lang == wanted), found)
    return found
