"""A host with a login of its own, in Python's standard library: its password first, Countersign's second factor next.

    COUNTERSIGN_URL=http://127.0.0.1:3000 COUNTERSIGN_KEY=... python3 host.py

COUNTERSIGN_KEY is an administrator's key with the scope `flows`. ELEMENTS is the folder that holds countersign.min.js.
"""

import hashlib
import hmac
import json
import os
import secrets
from datetime import datetime, timezone
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

PORT = int(os.environ.get("PORT", "8000"))
ORIGIN = os.environ.get("ORIGIN", f"http://localhost:{PORT}")
BACKEND = os.environ.get("COUNTERSIGN_URL", "http://127.0.0.1:3000")
KEY = os.environ["COUNTERSIGN_KEY"]
ELEMENTS = Path(os.environ.get("ELEMENTS", "node_modules/countersign/dist/cdn"))
LARGEST = 64 * 1024

SALT = secrets.token_bytes(16)


def hash_password(password):
    return hashlib.scrypt(password.encode(), salt=SALT, n=2**14, r=8, p=1)


# Whatever the host has: a directory, a database. Here it is one user.
USERS = {"ada": hash_password("lovelace")}

# Session id -> {"user", "at", "nonce", "in"}; "in" only once the proof was redeemed.
SESSIONS = {}

LOGIN = """<!doctype html><meta name="viewport" content="width=device-width"><title>Sign in</title>
<h1>Sign in</h1>{message}
<form method="post" action="/login">
<label>Name <input name="name" autocomplete="username" required></label>
<label>Password <input name="password" type="password" autocomplete="current-password" required></label>
<button>Sign in</button></form>"""

SECOND = """<!doctype html><meta name="viewport" content="width=device-width"><title>Second step</title>
<countersign-verify begin-url="/begin"></countersign-verify>
<script type="module" src="/second.js"></script>"""

SCRIPT = """import '/countersign/countersign.min.js';
addEventListener('countersign-complete', async ({ proof }) => {
  const { ok } = await fetch('/done', { method: 'POST', body: proof });
  location.assign(ok ? '/' : '/login');
});"""

HOME = """<!doctype html><meta name="viewport" content="width=device-width"><title>Home</title>
<h1>Welcome, {user}</h1><p>Signed in by {amr}.</p><form method="post" action="/logout"><button>Sign out</button></form>"""


def ask(path, body):
    """Asks the backend, from this server to that one; raises HTTPError for a refusal."""
    headers = {"content-type": "application/json", "authorization": f"Bearer {KEY}"}
    request = Request(f"{BACKEND}/api/v1{path}", json.dumps(body).encode(), headers, method="POST")
    with urlopen(request, timeout=20) as answer:
        return json.load(answer)


class Host(BaseHTTPRequestHandler):
    def handle(self):
        try:
            super().handle()
        except ConnectionError:
            """The visitor went on before the answer was there."""

    def do_GET(self):
        session = self.session()
        if self.path.startswith("/api/v1/"):
            self.forward()
        elif self.path.startswith("/countersign/"):
            self.element(self.path.removeprefix("/countersign/"))
        elif self.path == "/second.js":
            self.reply(200, SCRIPT, "text/javascript")
        elif session is None:
            self.reply(200, LOGIN.format(message=""))
        elif session["in"] is None:
            self.reply(200, SECOND)
        else:
            self.reply(200, HOME.format(user=session["user"], amr=" + ".join(session["in"])))

    def do_POST(self):
        if self.path.startswith("/api/v1/"):
            return self.forward()
        if self.headers.get("origin") != ORIGIN:
            return self.reply(403, "another site sent this")
        routes = {"/login": self.login, "/begin": self.begin, "/done": self.done, "/logout": self.logout}
        return routes.get(self.path, lambda: self.reply(404, "not found"))()

    def do_DELETE(self):
        self.forward()

    def login(self):
        """The host's own first factor; it opens nothing but the second step."""
        form = parse_qs(self.body().decode())
        name, password = form.get("name", [""])[0], form.get("password", [""])[0]
        if not hmac.compare_digest(hash_password(password), USERS.get(name, b"")):
            return self.reply(401, LOGIN.format(message="<p role=alert>That is not right.</p>"))
        self.open_session({"user": name, "at": datetime.now(timezone.utc), "nonce": secrets.token_urlsafe(), "in": None})

    def begin(self):
        """The user, the nonce and the audience are this server's: the page decides none of them."""
        session = self.session()
        if session is None:
            return self.reply(401, "{}", "application/json")
        begun = ask("/admin/flows", {
            "kind": "sign-in",
            "userId": session["user"],
            "firstFactor": {"amr": ["pwd"], "at": session["at"].isoformat(timespec="milliseconds").replace("+00:00", "Z")},
            "audience": ORIGIN,
            "nonce": session["nonce"],
        })
        self.reply(200, json.dumps({"token": begun["token"]}), "application/json")

    def done(self):
        """Redeems the proof, and checks all that this host asked for."""
        session = self.session()
        if session is None:
            return self.reply(401, "nobody is signing in")
        try:
            proved = ask("/proofs/redeem", {"proof": self.body().decode(), "audience": ORIGIN, "nonce": session["nonce"]})
        except HTTPError:
            return self.reply(403, "the proof was refused")
        if (proved["sub"], proved["kind"], proved["mfa"]) != (session["user"], "sign-in", True):
            return self.reply(403, "the proof is for something else")
        # A new session id, so that one that was planted or seen before is worth nothing.
        self.open_session({**session, "in": proved["amr"]}, status=204)

    def logout(self):
        SESSIONS.pop(self.session_id(), None)
        self.reply(303, "", location="/")

    def forward(self):
        """The elements reach the backend on the page's own origin; what browsers say of themselves is passed on as it is."""
        names = ["accept-language", "authorization", "content-type", "cookie", "origin", "sec-fetch-site"]
        headers = {name: self.headers[name] for name in names if name in self.headers}
        body = self.body() if self.command == "POST" else None
        try:
            answer = urlopen(Request(BACKEND + self.path, body, headers, method=self.command), timeout=20)
        except HTTPError as refusal:
            answer = refusal
        with answer:
            content = answer.read()
            self.send_response(answer.status)
            for name, value in answer.headers.items():
                if name.lower() not in ("connection", "content-length", "date", "keep-alive", "server", "transfer-encoding"):
                    self.send_header(name, value)
            self.send_header("content-length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    def element(self, name):
        file = (ELEMENTS / name).resolve()
        if ELEMENTS.resolve() not in file.parents or not file.is_file():
            return self.reply(404, "not found")
        self.reply(200, file.read_text(), "text/javascript")

    def session_id(self):
        cookie = SimpleCookie(self.headers.get("cookie", "")).get("host-session")
        return cookie.value if cookie else ""

    def session(self):
        return SESSIONS.get(self.session_id())

    def open_session(self, session, status=303):
        SESSIONS.pop(self.session_id(), None)
        name = secrets.token_urlsafe(32)
        SESSIONS[name] = session
        self.reply(status, "", location="/", cookie=f"host-session={name}; Path=/; HttpOnly; SameSite=Lax")

    def body(self):
        return self.rfile.read(min(int(self.headers.get("content-length", "0")), LARGEST))

    def reply(self, status, text, content_type="text/html; charset=utf-8", location=None, cookie=None):
        content = text.encode()
        self.send_response(status)
        self.send_header("content-type", content_type)
        self.send_header("cache-control", "no-store")
        if location:
            self.send_header("location", location)
        if cookie:
            self.send_header("set-cookie", cookie)
        if status != 204:
            self.send_header("content-length", str(len(content)))
        self.end_headers()
        if status != 204:
            self.wfile.write(content)

    def log_message(self, *_):
        """Quiet."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", PORT), Host).serve_forever()
