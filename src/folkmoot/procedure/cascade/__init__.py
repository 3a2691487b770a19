"""Which later posts may have to go with one that was removed (Md), worked out from words, links and times.

`fold` reads a text as folded words, `prints` makes the few fingerprints by which copies are found, `compare` says what
kind of copy a text is, `condemn` whether its own words disagree, `order` which post was first, and `weigh` puts these
together into proposals. A person confirms or leaves each of them; nothing here decides.
"""
