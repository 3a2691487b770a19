"""What is left when processes are killed outright."""
