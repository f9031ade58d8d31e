"""Settings of the site to read. Build it with `make docs`; tools/site.py and tools/pages.py say how it works."""

from tools.addresses import address, site
from tools.home import OPENING

project = "Losses, optimization and backpropagation"
author = "the authors of lectureutils"
copyright = "the authors. Code: BSD-3-Clause, text and figures: CC BY 4.0"
language = "en"

extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.autosummary", "sphinxext.opengraph",
              "tools.formulas", "tools.pages"]  # fmt: skip
exclude_patterns = ["_*", "README.md"]
templates_path = ["_templates"]
smartquotes = False  # a sentence of a figure stays as the figure says it

nb_execution_mode = "off"
nb_merge_streams = True
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_heading_anchors = 3

html_math_renderer = "drawn"

autodoc_default_options = {"members": True, "member-order": "bysource", "ignore-module-all": True}
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
autosummary_generate = True
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 80
add_module_names = False
toc_object_entries_show_parents = "hide"

# What a page says of itself where its address is sent around; a notebook shows a picture of its own (tools/pages.py).
ogp_site_url = site(address())
ogp_image = f"{site(address())}figures/{'/'.join(OPENING)}.png"
ogp_image_alt = "Gradient descent on two loss surfaces"
ogp_social_cards = {"enable": False}

html_theme = "sphinx_book_theme"
html_title = "Losses, optimization and backpropagation"
html_static_path = ["_static"]
html_css_files = ["icons.css", "question.css", "site.css"]
html_favicon = "_static/icon.svg"
html_context = {"default_mode": "auto"}  # light or dark as the reader's system is, until the switch is used
html_copy_source = True
html_show_sphinx = False
html_theme_options = {
    "repository_url": address(),
    "repository_branch": "HEAD",
    "use_repository_button": True,
    "use_fullscreen_button": False,
    "navbar_persistent": [],  # the search field stands in the sidebar already
    "show_toc_level": 2,
    "max_navbar_depth": 3,
    "collapse_navbar": True,  # other branches stay closed: smaller pages, faster to build
    "home_page_in_toc": True,
}
