"""The Django project: settings, addresses, the WSGI entry point."""
