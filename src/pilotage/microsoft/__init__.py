"""Microsoft's identity platform and Graph, spoken by the documented protocol. See README.md.

No Django and no database: plain functions of a `MicrosoftSettings`. Only onboarding, imports and
config may import this package; everything it refuses is a child of `pilotage.kernel.errors`.
"""
