"""The command `flowengine`: one file for each verb, over the same engine that hosts embed."""
