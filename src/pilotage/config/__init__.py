"""Settings, URLs and WSGI; the only place that reads the environment."""
