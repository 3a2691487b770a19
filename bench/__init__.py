"""Measurements that can be repeated: `bench/reports`. What they say stands in docs/bench.md."""
