"""The desk at the command line: what its pages show and ask, to an officer who is named by --as.

The rules are those of the pages, taken from them: who may open a case, what is asked in which case, what is noted.
"""
