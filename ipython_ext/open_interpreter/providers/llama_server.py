"""Run as a program: llama.cpp's server over one file, for the process that started it and for nobody else.

A malformed file aborts the process, so this is never done inside a kernel. One line of JSON comes in (path, context,
key: not on the command line, where others could read it), one goes out (address); it ends when its input ends.
"""

from __future__ import annotations

import json
import os
import sys


def main() -> None:
    """Serve until the other side is gone."""
    wish = json.loads(sys.stdin.readline())
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = wish["path"]
    params.api_keys = [wish["key"]]
    params.n_ctx = wish["context"]
    params.hostnames, params.port, params.cors_origins = ["127.0.0.1"], 0, ""
    params.n_parallel, params.offline, params.ui = 1, True, False
    params.endpoint_slots = params.endpoint_props = False
    server = xllamacpp.Server(params)
    sys.stdout.write(json.dumps({"address": server.listening_address}) + "\n")
    sys.stdout.flush()
    sys.stdin.read()
    os._exit(0)  # the server's own threads do not end by themselves


if __name__ == "__main__":
    main()
