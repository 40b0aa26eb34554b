"""Minutes in the official form: one document value, and what draws it as a page, a Word file and a PDF."""
