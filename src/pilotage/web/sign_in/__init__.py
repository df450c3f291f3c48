"""Signing in: allauth's views in our pages, the set-up link, the demo's one click."""
