"""What the archive shows over time of a post, an account or a person: it asks, `procedure.persistence` counts.

One module for each sign; `look` puts them together for a page. Nothing is written, and everything that is asked has an
index and a bound, so that it takes as long in an archive of a million posts as in a small one.
"""
