"""What somebody who means harm would try, and that none of it gets through (docs/security.md)."""
