"""Measurements that can be repeated: `bench/NAME` runs `bench/of_NAME/`. What comes of it stands in docs/bench.md."""
