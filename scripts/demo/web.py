# SPDX-License-Identifier: BSD-3-Clause
"""A web server, for machines without caddy: web.py CERTIFICATE.pem KEY.pem HTTPS_PORT HTTP_PORT..."""
import http.server
import socket
import ssl
import sys
import threading


class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6  # and IPv4, as mapped addresses

    def server_bind(self):
        self.socket.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        super().server_bind()


class Hello(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        body = f"Hello from the demo: {self.path}\n".encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


certificate, key, https_port, *http_ports = sys.argv[1:]
encrypted = Server(("::", int(https_port)), Hello)
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(certificate, key)
encrypted.socket = context.wrap_socket(encrypted.socket, server_side=True)
for server in [encrypted, *(Server(("::", int(port)), Hello) for port in http_ports)]:
    threading.Thread(target=server.serve_forever).start()
