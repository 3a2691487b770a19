"""Settings and start-up: the one place that reads the environment."""
