"""The one search box: what was typed, what is sought where, and the page that answers."""
