"""Prints whom a server shows itself as to the strictest verifier Python has. Arguments: CA file, port, names of the server."""

import socket
import ssl
import sys

ca, port, *names = sys.argv[1:]
context = ssl.create_default_context(cafile=ca)
context.verify_flags |= ssl.VERIFY_X509_STRICT
for name in names:
    with socket.create_connection(("127.0.0.1", int(port))) as connection:
        with context.wrap_socket(connection, server_hostname=name) as secure:
            print(*(value for _, value in secure.getpeercert()["subjectAltName"]))
