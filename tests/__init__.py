"""Tests; the folders mirror src/folkmoot."""
