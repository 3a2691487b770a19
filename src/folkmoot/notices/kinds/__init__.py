"""What letters there are: who gets each and when, what it is given, and what it must say."""
