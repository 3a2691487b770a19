"""The room that touches the outside: delivers letters, sweeps time limits. A process of its own."""
