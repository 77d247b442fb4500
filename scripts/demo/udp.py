# SPDX-License-Identifier: BSD-3-Clause
"""A UDP exchange: `serve PORT` answers every datagram with itself reversed; `ask HOST PORT` sends three and waits for the answers."""
import socket
import sys


def serve(port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.bind(("", port))
        while True:
            data, sender = server.recvfrom(2048)
            server.sendto(data[::-1], sender)


def ask(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.settimeout(2)
        client.connect((host, port))
        for number in range(3):
            question = f"datagram {number}".encode()
            client.send(question)
            if client.recv(2048) != question[::-1]:
                sys.exit("the answer is not the question reversed")


if sys.argv[1] == "serve":
    serve(int(sys.argv[2]))
else:
    ask(sys.argv[2], int(sys.argv[3]))
