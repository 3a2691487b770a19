"""Every page in every state that it has, looked at by axe."""
