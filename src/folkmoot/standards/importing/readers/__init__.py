"""One module per format; each turns a file's bytes into a `Source`."""
