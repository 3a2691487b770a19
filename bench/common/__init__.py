"""What several measurements need: databases to run on, processes of their own, and what the machine is."""
