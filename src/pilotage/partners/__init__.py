"""The partner tree, its operators, their roles, API tokens and policies; who sees what."""
