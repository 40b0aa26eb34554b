"""The leaf every app stands on: Thai text, dates, phones and names, and the fields that carry them."""
