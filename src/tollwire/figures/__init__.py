"""Figures: what a phrase counts, and which figures and actors an article names. Nothing here needs a download."""
