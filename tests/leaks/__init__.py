"""Nothing that an author can reach leads to whoever reported them, by inference neither (D9, D42)."""
