"""The pages that are looked at in a real browser: address name, its arguments, and who looks (None: anybody).

The people are the demo's accounts.
"""

PAGES: list[tuple[str, list[str], str | None]] = [
    ("home", [], None),
    ("account_login", [], None),
    ("home", [], "province"),
    ("home", [], "zone3"),
    ("home", [], "district"),
    ("home", [], "tambon"),
]
