"""Python in a page of the site: what a notebook's page loads once its reader asks for a live figure or runs a cell.

`page/` is that page's side: Python in a worker, Jupyter's own widgets and outputs, an editor. `cells` says what such a
page has to know of its notebook, `bundle` puts the scripts together. The packages are those of JupyterLite
(tools/lite.py), read from its folder of the same site.
"""
