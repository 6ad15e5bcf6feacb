"""Benchmarks: run each as python -m tests.bench.NAME."""
