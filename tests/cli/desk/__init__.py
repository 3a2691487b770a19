"""What officers do at a terminal: asked, refused and noted as on the pages."""
