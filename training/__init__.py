"""How triage learns: its contrast sentences, their check, and what makes the model. Not part of what is installed."""
