"""What is only seen over time (Sa, F2, F10): rules that count posts and say what was counted. Pure; never a verdict.

One module for each sign: a pile-on, repeated unwelcome contact, the same insult again, the same text again and again.
"""
