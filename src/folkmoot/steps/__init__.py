"""The verbs of the procedure, one module each: the only writers of case files.

Each is one transaction. Who acts and when are said by `by=` and `at=`; effects outside are promised
through the outbox, never done here.
"""
