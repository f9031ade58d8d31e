"""Benchmarks with gates: `python -m bench` measures, writes docs/benchmarks.md and fails where a gate fails.

A benchmark is a module with a function `run() -> Outcome`; name it in `bench.__main__.MODULES`. Times depend on the
machine and are reported; gates are ratios of medians measured interleaved in one run, so that they hold on any machine.
"""
