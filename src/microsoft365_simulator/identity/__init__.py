"""The identity platform: discovery, sign-in, admin consent and tokens."""
