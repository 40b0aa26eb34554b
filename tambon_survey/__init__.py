"""Survey rounds; later the tambon's submissions, their review, and the meeting packet."""
