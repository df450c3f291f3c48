"""`make bench`: Pilotage and what people would use instead, side by side on this machine.

Never part of the tests. How it measures: bench/README.md.
"""
