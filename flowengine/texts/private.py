"""What is said of private data: of keys, of persons, and in place of values that nobody can read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal

TEXTS: Final[Mapping[str, Mapping[Literal["en", "zh"], str]]] = {
    "private.erased": {"en": "(erased)", "zh": "（已删除）"},
    "private.locked": {"en": "(encrypted)", "zh": "（已加密）"},
    "help.key": {
        "en": "Make a master key for private data, or wrap the keys of all persons with a new one.",
        "zh": "为隐私信息生成主密钥，或用新的主密钥重新封存各人的密钥。",
    },
    "help.key.example": {
        "en": "flowengine key new flowengine.key\nflowengine key rewrap",
        "zh": "flowengine key new flowengine.key\nflowengine key rewrap --lang zh",
    },
    "key.made": {
        "en": "{file}: a new master key; keep a copy where no backup of the database lies, for without it nobody "
        "reads the private data again",
        "zh": "{file}：已生成新的主密钥；请另存一份，且不要与数据库备份放在一起，丢失后任何人都无法再读取隐私信息",
    },
    "key.rewrapped": {
        "en": "keys wrapped with the new master key: {persons}",
        "zh": "已用新的主密钥重新封存 {persons} 个密钥",
    },
    "help.person": {
        "en": "Hand out all that is kept of a person in every order, or erase it.",
        "zh": "导出各订单中与某人有关的全部内容，或将其隐私信息删除。",
    },
    "help.person.example": {
        "en": "flowengine person export 13800001234\n"
        "flowengine person erase 13800001234 --reason 'asked for it on 3 March'",
        "zh": "flowengine person export 13800001234 --lang zh\n"
        "flowengine person erase 13800001234 --reason 本人要求 --lang zh",
    },
    "person.erased": {
        "en": "the key of this person is deleted, and with it the private data of orders: {orders}",
        "zh": "已删除此人的密钥，以下订单中的隐私信息不可恢复：{orders}",
    },
    "person.not_scrubbed": {
        "en": "{where}: somebody is reading this file, and the deleted key may still stand in it; once nobody does, run "
        "VACUUM and PRAGMA wal_checkpoint(TRUNCATE) on it",
        "zh": "{where}：有人正在读取此文件，已删除的密钥可能仍留在其中；待无人读取时，请对它执行 VACUUM 和 "
        "PRAGMA wal_checkpoint(TRUNCATE)",
    },
    "person.not_vacuumed": {
        "en": "{where}: the deleted key may still stand in the files of the server, which overwrites them in its own time; "
        "to do it at once erase with --vacuum, now run VACUUM FULL fe_subjects, fe_traces, fe_orders",
        "zh": "{where}：已删除的密钥可能仍留在服务器的文件中，由服务器自行择时覆盖；要立即清除，删除时请加 --vacuum，现在则请运行 "
        "VACUUM FULL fe_subjects, fe_traces, fe_orders",
    },
    "story.erased": {
        "en": "the private data was erased by {by}",
        "zh": "隐私信息由 {by} 删除",
    },
    "validate.private": {
        "en": "private data is kept by {files}: to deploy them there must be a master key (`flowengine key new`) and the "
        "extra `[crypto]`",
        "zh": "以下流程含有隐私信息：{files}；部署前须有主密钥（`flowengine key new`），并安装扩展 `[crypto]`",
    },
    "trouble.no_key_in": {
        "en": "{where}: there is no master key in it; make one with `flowengine key new`",
        "zh": "{where}：其中没有主密钥；可用 `flowengine key new` 生成",
    },
    "trouble.NoMasterKey": {
        "en": "{where}: this process keeps private data, and there is no master key to encrypt it with; nothing was "
        "kept. Make one with `flowengine key new`, or name it with FLOWENGINE_KEY_FILE or FLOWENGINE_MASTER_KEY",
        "zh": "{where}：此流程含有隐私信息，但没有用来加密的主密钥，未保存任何内容；请用 `flowengine key new` 生成，"
        "或用 FLOWENGINE_KEY_FILE 或 FLOWENGINE_MASTER_KEY 指定",
    },
    "trouble.NoCrypto": {
        "en": "{where}: private data is encrypted with a package that is not installed; nothing was kept. Install it: "
        "pip install 'flowengine-orders[crypto]'",
        "zh": "{where}：加密隐私信息所需的软件包没有安装，未保存任何内容；请安装：pip install 'flowengine-orders[crypto]'",
    },
    "trouble.WrongMasterKey": {
        "en": "{where}: this is not the master key under which the private data of this database is kept; give the "
        "right one, and after a change of the key both, the new one first",
        "zh": "{where}：主密钥不是加密此数据库隐私信息时所用的那一个；请给出正确的主密钥，更换之后须两个都给出，新的写在前面",
    },
}
