"""Publications over HTTP: pages and files under a token, served without a session."""

from vsm.serving.headers import publication_headers
from vsm.serving.routes import publication_routes

__all__ = ["publication_headers", "publication_routes"]
