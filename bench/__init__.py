"""Measurements with the real server: speed as ratios of one run, parallel saves, and a server that is killed."""
