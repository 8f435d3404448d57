"""The only place that sees records and facts. It runs as the collector, reads columns only, and opens nothing sealed."""
