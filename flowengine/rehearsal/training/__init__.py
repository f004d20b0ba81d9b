"""Training: a scenario played with its steps hidden. The trainee acts, the real engine answers.

`script` lays out whose turn comes when, `training` plays it and marks each turn, `options` are what a
screen would offer. Nothing here prints or asks.
"""
