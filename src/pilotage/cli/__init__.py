"""The command line `pilotage`: one file per command, each a few lines that call an action."""
