"""Random walks through the real steps, and the laws that hold wherever they lead."""
