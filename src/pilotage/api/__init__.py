"""The REST API, version 1: routes and their schemas; what they do is in the actions."""
