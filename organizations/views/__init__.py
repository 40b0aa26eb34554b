"""HTTP: fetch for the user, bind a form, call one action, answer."""
