"""Writing pages: rendering rows for COPY, merging them, and removing what is gone."""
