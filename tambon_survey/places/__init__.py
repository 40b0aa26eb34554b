"""What the page of a tambon or a zone says of the survey, each part in a module of its own: at most one query each."""
