"""Runs llama.cpp's own server on loopback until stdin closes: `python llama_server.py MODEL.gguf [embedding]`.

Prints the address of its OpenAI-compatible API when it is ready.
"""

from __future__ import annotations

import sys

import xllamacpp


def main() -> None:
    """Serves."""
    parameters = xllamacpp.CommonParams()
    parameters.model.path = sys.argv[1]
    parameters.n_ctx = 4096
    parameters.n_parallel = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    if "embedding" in sys.argv[2:]:
        parameters.embedding = True
        parameters.pooling_type = xllamacpp.llama_pooling_type.LLAMA_POOLING_TYPE_MEAN
        # Shorter than some passages, so that the server refuses them as too long.
        parameters.n_batch = parameters.n_ubatch = 128
    server = xllamacpp.Server(parameters)
    sys.stdout.write(f"{server.listening_address}/v1\n")
    sys.stdout.flush()
    sys.stdin.read()


if __name__ == "__main__":
    main()
