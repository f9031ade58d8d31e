"""A real JupyterLab in a real Chromium, for tests, benchmarks and looking.

`server` starts JupyterLab, `page` drives a notebook in Chromium, `view` reads one live figure on that page.
"""
