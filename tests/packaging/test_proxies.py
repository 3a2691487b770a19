"""The examples of proxies work as they stand, but for ports, certificate and folders: real nginx, real Caddy."""

import os
import shutil
import ssl
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.places import PROJECT
from tests.servers import Server, free_port, wait_until

pytestmark = [pytest.mark.soak, pytest.mark.kill]

NAME = "folkmoot.example.org"
SECRET = "Sesame" * 5 + "ab"
Start = Callable[[Path, int, int], list[str]]


def certificate(folder: Path) -> None:
    """Write a certificate for the name, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(days=1), now + timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
    pem = serialization.Encoding.PEM
    (folder / "cert.pem").write_bytes(made.sign(key, hashes.SHA256()).public_bytes(pem))
    plain = serialization.NoEncryption()
    (folder / "key.pem").write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain))


def nginx(folder: Path, port: int, behind: int) -> list[str]:
    """Return the command for nginx with our example."""
    text = (PROJECT / "packaging" / "nginx.conf").read_text()
    for ours, here in (
        ("listen 443", f"listen 127.0.0.1:{port}"),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("    listen [::]:80;\n", ""),
        ("    listen [::]:443 ssl http2;\n", ""),
        (f"/etc/letsencrypt/live/{NAME}/fullchain.pem", str(folder / "cert.pem")),
        (f"/etc/letsencrypt/live/{NAME}/privkey.pem", str(folder / "key.pem")),
        ("/var/log/nginx", str(folder)),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ):
        assert ours in text, ours
        text = text.replace(ours, here)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    temporary = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    whole = f"user root;\nevents {{}}\npid {folder}/pid;\nerror_log {folder}/main.log;\nhttp {{\n{temporary}{text}}}\n"
    (folder / "nginx.conf").write_text(whole)
    return [
        "nginx",
        "-p",
        str(folder),
        "-e",
        str(folder / "main.log"),
        "-c",
        str(folder / "nginx.conf"),
        "-g",
        "daemon off;",
    ]


def caddy(folder: Path, port: int, behind: int) -> list[str]:
    """Return the command for Caddy with our example."""
    text = (PROJECT / "packaging" / "Caddyfile").read_text()
    for ours, here in (
        ("\n{\n", "\n{\n\tadmin off\n\tauto_https disable_redirects\n"),
        (f"\n{NAME} {{\n", f"\nhttps://{NAME}:{port} {{\n\ttls {folder}/cert.pem {folder}/key.pem\n\tbind 127.0.0.1\n"),
    ):
        assert ours in text, ours
        text = text.replace(ours, here, 1)
    text = text.replace("127.0.0.1:8000", f"127.0.0.1:{behind}")
    (folder / "Caddyfile").write_text(text)
    return ["caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]


@pytest.fixture(params=[nginx, caddy], ids=["nginx", "caddy"])
def proxied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[httpx.Client, Server, Path]]:
    """Return a browser that goes through the proxy, the server behind it, and the proxy's folder."""
    start: Start = request.param
    if shutil.which(start.__name__) is None:
        pytest.skip(f"there is no {start.__name__} here: apt install nginx-light caddy")
    folder, port = tmp_path / "proxy", free_port()
    folder.mkdir()
    certificate(folder)
    settings = {"FOLKMOOT_URL": f"https://{NAME}", "FOLKMOOT_PROXIES": "1", "FOLKMOOT_LOOKUPS_PER_HOUR": "3"}
    server = Server(tmp_path, **settings)
    assert server.folkmoot("org", "add", "Hartfield Branch").returncode == 0
    server.start()
    with (folder / "said.log").open("w") as said:
        proxy = subprocess.Popen(
            start(folder, port, server.port),
            stdout=said,
            stderr=said,
            env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        )
        trusting = ssl.create_default_context(cafile=str(folder / "cert.pem"))
        browser = httpx.Client(base_url=f"https://127.0.0.1:{port}", verify=trusting, headers={"Host": NAME})
        browser.event_hooks["request"].append(_by_name)
        try:
            wait_until(lambda: answers(browser), "the proxy's first answer", within=20)
            yield browser, server, folder
        finally:
            proxy.terminate()
            proxy.wait(10)
            server.stop()
            browser.close()


def _by_name(request: httpx.Request) -> None:
    request.extensions["sni_hostname"] = NAME


def answers(browser: httpx.Client) -> bool:
    try:
        return browser.get("/healthz").status_code == 200
    except httpx.TransportError:
        return False


def test_what_comes_through_the_proxy_is_encrypted_counted_by_visitor_and_in_no_log(
    proxied: tuple[httpx.Client, Server, Path],
) -> None:
    browser, server, folder = proxied
    page = browser.get("/o/hartfield-branch/report/")
    assert page.status_code == 200
    assert page.headers["Strict-Transport-Security"].startswith("max-age=")
    assert "Secure" in browser.get("/sign-in/").headers["Set-Cookie"]
    plain = httpx.get(f"http://127.0.0.1:{server.port}/o/hartfield-branch/report/", headers={"Host": NAME})
    assert (plain.status_code, plain.headers["Location"]) == (301, f"https://{NAME}/o/hartfield-branch/report/")

    for address in ("/metrics", "/readyz"):
        assert browser.get(address).status_code == 404
    assert httpx.get(f"http://127.0.0.1:{server.port}/metrics").status_code == 200

    # What a visitor says of where they come from is not believed: all of these are one visitor.
    letter = f"/o/hartfield-branch/letter/9.{SECRET}/"
    assert browser.get(letter).status_code == 200  # the page with the button
    form = {"csrfmiddlewaretoken": browser.cookies["csrftoken"]}
    told = {"Referer": f"https://{NAME}{letter}", "Origin": f"https://{NAME}"}
    tried = [
        browser.post(letter, data=form, headers={**told, "X-Forwarded-For": f"203.0.113.{n}"}).status_code
        for n in range(5)
    ]
    assert tried[:3] == [403] * 3
    assert tried[3:] == [429] * 2

    large = browser.post("/o/hartfield-branch/report/", content=b"x" * 48_000_000)
    assert large.status_code == 413

    server.stop()
    assert browser.get(letter).status_code == 502
    for file in folder.rglob("*"):
        if file.is_file():
            assert SECRET.encode() not in file.read_bytes(), file
