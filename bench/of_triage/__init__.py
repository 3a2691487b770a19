"""The detectors and what else there is: how often they are right, how fast they are, and whom they flag wrongly."""
