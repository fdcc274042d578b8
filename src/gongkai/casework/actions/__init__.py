"""The verbs of a case. Each one checks, writes and logs in one transaction.

Every verb raises NotAllowedError, with the reason, where the role is missing, the stage forbids
it, or the law asks for something that is not there; then nothing is written.
"""
