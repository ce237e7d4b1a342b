"""moto on a port, one request at a time: its transactions copy whole tables, and a refused one undoes what others wrote meanwhile."""

import sys
import threading

from moto.server import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import run_simple

moto = DomainDispatcherApplication(create_backend_app)
turn = threading.Lock()


def in_turn(environ, start_response):
    with turn:
        return moto(environ, start_response)


run_simple("127.0.0.1", int(sys.argv[1]), in_turn, threaded=True)
