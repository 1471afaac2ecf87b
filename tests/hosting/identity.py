"""A small OpenID Connect provider for the tests: it lets in at once whoever the test says is there."""

from __future__ import annotations

import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "the-app", "known to the provider and the app"


class Identity:
    """A provider on a port of its own; `claims` is who signs in next."""

    def __init__(self) -> None:
        self.claims: dict[str, object] = {}
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one"})
        self.signs_with = self.key
        self._nonces: dict[str, str] = {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.address = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Identity:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    @property
    def metadata(self) -> str:
        return f"{self.address}/.well-known/openid-configuration"

    def discovery(self) -> dict[str, object]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
        }

    def authorize(self, asked: dict[str, list[str]]) -> str:
        code = secrets.token_urlsafe(16)
        self._nonces[code] = asked["nonce"][0]
        return f"{asked['redirect_uri'][0]}?{urlencode({'code': code, 'state': asked['state'][0]})}"

    def token(self, asked: dict[str, list[str]]) -> dict[str, object]:
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "1",
            "iat": now,
            "exp": now + 600,
            "nonce": self._nonces.pop(asked["code"][0]),
            **self.claims,
        }
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims, self.signs_with)
        return {"access_token": "x", "token_type": "Bearer", "expires_in": 600, "id_token": signed}

    def _handler(identity) -> type[BaseHTTPRequestHandler]:  # noqa: N805 (`self` is the handler below)
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                if parts.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", identity.authorize(parse_qs(parts.query)))
                    self.end_headers()
                elif parts.path == "/jwks":
                    self._say({"keys": [identity.key.as_dict(private=False)]})
                else:
                    self._say(identity.discovery())

            def do_POST(self) -> None:
                self._say(identity.token(parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())))

            def _say(self, what: dict[str, object]) -> None:
                body = json.dumps(what).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler
