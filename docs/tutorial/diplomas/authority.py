"""An authority for time (RFC 3161) for trying: `python authority.py` serves until it is stopped.

It writes its own certificate to var/time.pem, and has the same the next time. A real one is
somebody else's, and is believed.
"""

from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

PORT, PLACE, KEY = 8318, Path("var/time.pem"), Path("var/time.key")
YEARS = 20


def own() -> tuple[bytes, bytes]:
    """Its certificate and its key, made at the first start; both as DER."""
    if not KEY.exists():
        made, key = _made()
        KEY.write_bytes(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
        PLACE.write_bytes(made.public_bytes(Encoding.PEM))
    found = x509.load_pem_x509_certificate(PLACE.read_bytes())
    return found.public_bytes(Encoding.DER), KEY.read_bytes()


def _made() -> tuple[x509.Certificate, rsa.RSAPrivateKey]:
    """A certificate that may stamp times and nothing else."""
    key = rsa.generate_private_key(65537, 3072)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Time of the tutorial")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        name,
        name,
        key.public_key(),
        x509.random_serial_number(),
        now - timedelta(hours=1),
        now + timedelta(days=365 * YEARS),
    )
    stamps = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return builder.add_extension(stamps, critical=True).sign(key, hashes.SHA256()), key


class Authority(BaseHTTPRequestHandler):
    """Stamps whatever it is asked to."""

    stamper: DummyTimeStamper

    def do_POST(self) -> None:
        """Answer one question."""
        question = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.stamper.request_tsa_response(tsp.TimeStampReq.load(question)).dump()
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


def main() -> None:
    """Serve, with a certificate that lies where the settings look for it."""
    server = HTTPServer(("127.0.0.1", PORT), Authority)
    found, key = own()
    certificate = asn1.Certificate.load(found)
    store = SimpleCertificateStore()
    store.register(certificate)
    Authority.stamper = DummyTimeStamper(
        tsa_cert=certificate, tsa_key=keys.PrivateKeyInfo.load(key), certs_to_embed=store
    )
    server.serve_forever()


if __name__ == "__main__":
    main()
