#!/usr/bin/env python3
"""An HTTP server that classifies images, and clients of its own that keep it busy: each asks again when it is answered.

With --serve-only it serves others: POST /predict, POST /predict/batch, GET /health, GET /stats. As a workload of gpushare
it does, and gpushare loads it.
"""

import base64
import http.client
import json
import os
import queue
import random
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
from gpushare_tenant import Step, TenantError, at_least, main  # noqa: E402
import http_api  # noqa: E402
from torch_tenant import TorchProgram, cannot_import, import_torchvision  # noqa: E402


class InferenceServer(TorchProgram):
    name = "inference-server"
    description = __doc__
    batch_meaning = "images of a request; more than one go to /predict/batch"
    gpu_defaults = {"batch": 1, "precision": "fp16", "image_size": 224, "model": "resnet50"}
    cpu_defaults = {"batch": 1, "precision": "fp32", "image_size": 32, "model": "tiny"}

    def __init__(self, args):
        super().__init__(args)
        if args.serve_only:
            args.alone = 0.0  # others are served: stdin says nothing

    @classmethod
    def add_options(cls, parser):
        cls.option(parser, "image-size", "pixels of a side", minimum=32)
        parser.add_argument("--model", choices=("resnet50", "tiny"), help="(default: resnet50; on a CPU tiny)")
        parser.add_argument("--clients", type=at_least(1), default=4, help="that ask at a time (default: 4)")
        parser.add_argument("--max-batch", type=at_least(1), default=64, help="images of a request (default: 64)")
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
        parser.add_argument("--port", type=at_least(0), default=0, help="to listen on (default: 0, any free one)")
        parser.add_argument("--serve-only", action="store_true", help="have no clients of its own: serve until stopped")

    def prepare(self):
        if http_api.flask is None:
            raise TenantError("setup", cannot_import("Flask", http_api.import_problem, "flask"))
        super().prepare()
        self.torchvision = import_torchvision()
        if self.args.batch > self.args.max_batch:
            raise TenantError("setup", "--batch %d is more than --max-batch %d" % (self.args.batch, self.args.max_batch))

    def versions(self):
        from importlib.metadata import version

        return {**super().versions(), "torchvision": self.torchvision.__version__, "flask": version("flask")}

    def load(self):
        from model import Classifier

        args = self.args
        api = http_api.Api(args.image_size, args.max_batch, args.batch)
        try:
            self.server = http_api.Server(api, args.host, args.port)
        except (OSError, SystemExit):  # of a port in use the one or the other, by the version of Werkzeug
            raise TenantError("setup", "cannot listen on %s port %d" % (args.host, args.port)) from None
        print("listening on %s port %d" % (args.host, self.server.port), file=sys.stderr)
        classifier = Classifier(args.model, args.image_size, self.torch_device, self.dtype, self.torchvision)
        image_bytes = 3 * args.image_size * args.image_size
        classifier.classify([bytes(image_bytes)] * args.batch)
        api.classifier = classifier
        while args.serve_only:
            self.sleep(3600)
        self.answers = queue.SimpleQueue()
        self.may_ask = threading.Semaphore(0)
        self.asking = False
        for number in range(args.clients):
            body = self._body(random.Random(args.seed + number), image_bytes)
            threading.Thread(target=self._ask, args=(body,), daemon=True, name="client %d" % number).start()

    def warm_up(self):
        for _ in range(10 if self.on_gpu else 1):
            self.may_ask.release(self.args.clients)
            for _ in range(self.args.clients):
                self._answer()

    def step(self):
        if not self.asking:
            self.may_ask.release(self.args.clients)
            self.asking = True
        latency_ns = self._answer()
        self.may_ask.release()
        return Step(1, latency_ns=latency_ns)

    def _answer(self):
        answer = self.answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _body(self, numbers, image_bytes):
        images = [base64.b64encode(numbers.randbytes(image_bytes)).decode() for _ in range(self.args.batch)]
        return json.dumps({"image": images[0]} if len(images) == 1 else {"images": images}).encode()

    def _ask(self, body):
        path = "/predict" if self.args.batch == 1 else "/predict/batch"
        try:
            connection = http.client.HTTPConnection(self.args.host, self.server.port, timeout=60)
            while True:
                self.may_ask.acquire()
                begin = time.monotonic_ns()
                connection.request("POST", path, body, {"Content-Type": "application/json"})
                response = connection.getresponse()
                answer = response.read()
                took = time.monotonic_ns() - begin
                if response.status != 200:
                    raise RuntimeError("POST %s ended with status %d: %s" % (path, response.status, answer[:200]))
                self.answers.put(took)
        except Exception as problem:  # the client's end is the tenant's: nothing else would notice
            self.answers.put(problem)


if __name__ == "__main__":
    main(InferenceServer)
