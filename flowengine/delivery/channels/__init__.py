"""The channels that come along: mail, webhooks, and a file for trying."""
