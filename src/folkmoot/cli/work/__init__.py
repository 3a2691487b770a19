"""What commands do; how they are typed stands one folder up, where no Django is loaded for a --help."""
