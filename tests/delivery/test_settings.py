"""The file with channels: what it gives, and what is said of every slip, with its place and a remedy."""

from __future__ import annotations

import pytest

from flowengine.delivery.channels.apprise import Apprise
from flowengine.delivery.channels.file import File, Log
from flowengine.delivery.channels.mail import Mail
from flowengine.delivery.channels.webhook import Webhook
from flowengine.delivery.settings import read_settings
from tests.delivery.test_signing import OLD

GOOD = """
channels:
  mail: {mail: {host: smtp.example.com, from: orders@example.com, user: orders, password: "${PASSWORD}"}}
  erp: {webhook: {secret: "${SECRET}", allow: [10.1.0.0/16]}}
  trial: {file: {path: sent.jsonl}}
  log: {log: {}}
  chat: {apprise: {schemes: [wecombot, dingtalk]}}
addresses:
  desk: {mail: desk@example.com, erp: "http://10.1.0.7/hooks?key=${PASSWORD}"}
  "@wu": {trial: wu}
"""
ENVIRONMENT = {"PASSWORD": "s3cret", "SECRET": OLD}


def test_a_good_file_gives_channels_and_addresses() -> None:
    settings, findings = read_settings(GOOD, "channels.yaml", ENVIRONMENT)
    assert findings == ()
    assert settings is not None
    assert {name: type(each) for name, each in settings.channels.items()} == {
        "mail": Mail, "erp": Webhook, "trial": File, "log": Log, "chat": Apprise,
    }  # fmt: skip
    assert settings.addresses("desk", process="p", number="1")["erp"] == "http://10.1.0.7/hooks?key=s3cret"
    assert settings.addresses("@wu", process="p", number="1") == {"trial": "wu"}
    assert settings.addresses("customer", process="p", number="1") == {}


def test_hosts_that_take_calls_are_named_with_their_secrets() -> None:
    inside = '"10.1.0.7:8443": {secret: "${SECRET}", allow: 10.1.0.7}'
    text = f'webhooks: {{erp.example.com: {{secret: "${{SECRET}}"}}, {inside}}}'
    settings, findings = read_settings(text, "channels.yaml", ENVIRONMENT)
    assert findings == ()
    assert settings is not None
    assert {name: type(each) for name, each in settings.webhooks.items()} == {
        "erp.example.com": Webhook, "10.1.0.7:8443": Webhook,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "where", "said"),
    [
        ("", "1:1", "begin with `channels:`"),
        ("# nothing yet", "1:1", "begin with `channels:`"),
        ("channel: {}", "1:1", "did you mean “channels”"),
        ("channels: {a: {apprise: {schemes: [wecombot, nope]}}}", "1:25", "no service nope"),
        ("channels: {a: {file: {path: /nowhere/sent.jsonl}}}", "1:22", "a folder that may be written"),
        ("channels: {a: {file: {path: .}}}", "1:22", "a folder that may be written"),
        ("channels: {a: {log: {}}}\naddresses: {'@': {a: x}}", "2:13", "names nobody"),
        ("addresses: {}", "1:1", "words with values must stand here"),
        ("channels: []", "1:11", "words with values must stand here"),
        ("channels: {A-b: {log: {}}}", "1:12", "is no name of a channel"),
        ("channels: {a: {}}", "1:12", "must say what it is"),
        ("channels: {a: {log: {}, file: {path: x}}}", "1:12", "write exactly one of"),
        ("channels: {a: {mial: {}}}", "1:16", "did you mean “mail”"),
        ("channels: {a: {log: {path: x}}}", "1:22", "“path” is no word here"),
        ("channels: {a: {mail: {host: h}}}", "1:22", "needs “from”"),
        ("channels: {a: {mail: {host: h, from: x}}}", "1:22", "NAME@HOST"),
        ("channels: {a: {mail: {host: h, from: x@y.z, port: 0}}}", "1:51", "this is no port"),
        ("channels: {a: {mail: {host: h, from: x@y.z, security: no}}}", "1:55", "starttls"),
        ("channels: {a: {mail: {host: [h], from: x@y.z}}}", "1:29", "a text must stand here"),
        ('channels: {a: {mail: {host: "${NONE}", from: x@y.z}}}', "1:29", "the environment has no NONE"),
        ("channels: {a: {webhook: {secret: x}}}", "1:25", "whsec_"),
        ('channels: {a: {webhook: {secret: "${SECRET}", allow: 10.0.0.1/8}}}', "1:54", "is no network"),
        ("channels: {a: {log: {}}}\naddresses: {desk: {b: x}}", "2:20", "“b” is no word here"),
        ("channels: {a: {log: {}}}\naddresses: {desk: x}", "2:19", "words with values must stand here"),
        ("channels: {a: {log: {}", "1:15", ""),
        ('webhooks: {"https://a.b": {secret: "${SECRET}"}}', "1:12", "is no host"),
        ("webhooks: {a.example: {}}", "1:23", "needs “secret”"),
        ("webhooks: {a.example: {secret: x}}", "1:23", "whsec_"),
        ("webhooks: [a.example]", "1:11", "words with values"),
    ],
)
def test_every_slip_is_said_with_its_place_and_a_remedy(text: str, where: str, said: str) -> None:
    settings, findings = read_settings(text, "channels.yaml", ENVIRONMENT)
    assert settings is None
    for lang in ("en", "zh"):
        lines = [f"{each.place} {each.message(lang)} {each.remedy(lang)}" for each in findings]
        assert all(OLD not in line and "s3cret" not in line for line in lines)
        if lang == "en":
            assert any(line.startswith(f"channels.yaml:{where} ") and said in line for line in lines), lines
