"""What people use today, each written as an ordinary user would; run with .venv-bench."""
