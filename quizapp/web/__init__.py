"""Pages: each view reads the request, calls a service and answers."""
