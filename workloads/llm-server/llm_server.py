#!/usr/bin/env python3
"""An OpenAI-style server: streams completions of a LLaMA with random weights. A word of a prompt is a token.

POST /v1/completions, POST /v1/chat/completions, GET /v1/models, GET /health. Needs PyTorch and nothing else.
"""

import argparse
import asyncio
import json
import sys
import threading
import zlib

NAME = "random-llama"


class BadRequest(Exception):
    pass


class Api:
    def __init__(self, max_length):
        self.engine = None
        self._vocabulary = 0
        self._max_length = max_length

    def begin(self, engine, vocabulary):
        self._vocabulary = vocabulary
        self.engine = engine

    async def answer(self, method, path, body, out):
        """Writes the answer; whether the connection may be kept."""
        path = path.split("?")[0]
        if (method, path) == ("GET", "/health"):
            return _json(out, 200 if self.engine else 503, {"status": "ready" if self.engine else "loading"})
        if (method, path) == ("GET", "/v1/models"):
            return _json(out, 200, {"object": "list", "data": [{"id": NAME, "object": "model"}]})
        if method == "POST" and path in ("/v1/completions", "/v1/chat/completions"):
            if not self.engine:
                return _json(out, 503, {"error": {"message": "the model is still loading"}})
            try:
                return await self._complete(path.endswith("/chat/completions"), body, out)
            except (BadRequest, ValueError, KeyError, TypeError, AttributeError) as problem:
                return _json(out, 400, {"error": {"message": str(problem)}})
        return _json(out, 404, {"error": {"message": "there is no %s %s" % (method, path)}})

    async def _complete(self, chat, body, out):
        asked = json.loads(body)
        prompt = " ".join(one["content"] for one in asked["messages"]) if chat else asked["prompt"]
        words = prompt.split() or [""]
        output = int(asked.get("max_tokens", 16))
        if output < 1 or len(words) + output > self._max_length:
            raise BadRequest("prompt and answer have %d tokens, and %d is the most" % (len(words) + output, self._max_length))
        tokens = asyncio.Queue()
        loop = asyncio.get_running_loop()
        from engine import Request

        request = Request(
            [zlib.crc32(word.encode()) % self._vocabulary for word in words],
            output,
            lambda token, last: loop.call_soon_threadsafe(tokens.put_nowait, (token, last)),
        )
        self.engine.add(request)
        usage = {"prompt_tokens": len(words), "completion_tokens": output, "total_tokens": len(words) + output}
        if not asked.get("stream"):
            texts = [text async for text, _ in _texts(tokens)]
            return _json(out, 200, {"model": NAME, "choices": [_choice(chat, "".join(texts), "length")], "usage": usage})
        out.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            async for text, last in _texts(tokens):
                _event(out, {"model": NAME, "choices": [_choice(chat, text, "length" if last else None, "delta")]})
                await out.drain()
        except ConnectionError:
            request.cancelled = True
            raise
        if (asked.get("stream_options") or {}).get("include_usage"):
            _event(out, {"model": NAME, "choices": [], "usage": usage})
        _chunk(out, b"data: [DONE]\n\n")
        out.write(b"0\r\n\r\n")
        return True


async def _texts(tokens):
    last = False
    while not last:
        token, last = await tokens.get()
        yield " t%d" % token, last


def _choice(chat, text, finish, key="message"):
    said = {key: {"role": "assistant", "content": text}} if chat else {"text": text}
    return {"index": 0, **said, "finish_reason": finish}


def _event(out, event):
    _chunk(out, b"data: " + json.dumps(event).encode() + b"\n\n")


def _chunk(out, data):
    out.write(b"%x\r\n%s\r\n" % (len(data), data))


def _json(out, status, document):
    body = json.dumps(document).encode()
    words = {200: "OK", 400: "Bad Request", 404: "Not Found", 503: "Service Unavailable"}[status]
    head = "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % (status, words, len(body))
    out.write(head.encode() + body)
    return True


async def _serve(api, read, out):
    """The requests of a connection, one after another."""
    try:
        while True:
            method, path, _ = (await read.readline()).decode("latin-1").split(" ", 2)
            length = 0
            line = await read.readline()
            while line.strip():
                name, _, value = line.decode("latin-1").partition(":")
                length = int(value) if name.lower() == "content-length" else length
                line = await read.readline()
            body = await read.readexactly(length)
            if not await api.answer(method, path, body, out):
                break
            await out.drain()
    except (ConnectionError, asyncio.IncompleteReadError, ValueError):
        pass  # The client has left, or says something that is no HTTP.
    finally:
        out.close()


def _load(api, args):
    import torch

    from engine import Engine
    from model import Llama
    from llama_layers import SIZES, made  # model has shown where it is

    usable = args.device != "cpu" and torch.cuda.is_available()
    if args.device == "cuda" and not usable:
        sys.exit("PyTorch %s finds no usable GPU" % torch.__version__)
    device = torch.device("cuda" if usable else "cpu")
    precision = args.precision or ("bf16" if usable else "fp32")
    model = args.model or ("1b" if usable else "tiny")
    torch.manual_seed(args.seed)
    dtype = {"fp32": torch.float32, "fp16": torch.float16, "bf16": torch.bfloat16}[precision]
    network = made(lambda: Llama(**SIZES[model]), device, dtype)
    engine = Engine(network, device, args.max_batch, args.max_length)
    print("serves %s on %s in %s" % (model, device, precision), flush=True)
    api.begin(engine, SIZES[model]["vocabulary"])
    engine.run()


async def _main(args):
    api = Api(args.max_length)
    server = await asyncio.start_server(lambda read, out: _serve(api, read, out), args.host, args.port, backlog=1024)
    loop = asyncio.get_running_loop()
    ended = loop.create_future()

    def load():
        try:
            _load(api, args)
        except ImportError as problem:
            loop.call_soon_threadsafe(ended.set_result, "%s lacks something: %s" % (sys.executable, problem))
        except SystemExit as refusal:
            loop.call_soon_threadsafe(ended.set_result, str(refusal))
        except BaseException as problem:  # without its engine a server answers nobody
            loop.call_soon_threadsafe(ended.set_exception, problem)

    threading.Thread(target=load, daemon=True).start()
    async with server:
        sys.exit(await ended)


def _arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="to listen on (default: 8000)")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto", help="auto is the GPU where there is one")
    parser.add_argument("--model", choices=("1b", "tiny"), help="(default: 1b; on a CPU tiny)")
    parser.add_argument("--precision", choices=("fp32", "fp16", "bf16"), help="(default: bf16; on a CPU fp32)")
    parser.add_argument("--max-batch", type=int, default=32, help="requests that are computed together (default: 32)")
    parser.add_argument("--max-length", type=int, default=1024, help="tokens of a prompt and its answer (default: 1024)")
    parser.add_argument("--seed", type=int, default=1, help="of the weights (default: 1)")
    return parser.parse_args()


if __name__ == "__main__":
    asyncio.run(_main(_arguments()))
