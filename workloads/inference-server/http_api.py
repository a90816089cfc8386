"""The HTTP side of the server: what is asked, what is answered, what is counted."""

import base64
import binascii
import random
import threading
import time
from collections import deque

try:
    import flask
    from werkzeug.exceptions import HTTPException
    from werkzeug.serving import WSGIRequestHandler, make_server
except ImportError as problem:
    flask = None
    WSGIRequestHandler = object
    import_problem = problem

_LATENCIES_KEPT = 10000


class BadRequest(Exception):
    pass


class Statistics:
    """Counts since the server began to listen, and the latest latencies."""

    def __init__(self):
        self._lock = threading.Lock()
        self._begin = time.monotonic()
        self._requests = 0
        self._images = 0
        self._errors = 0
        self._latencies = deque(maxlen=_LATENCIES_KEPT)

    def answered(self, images, seconds):
        with self._lock:
            self._requests += 1
            self._images += images
            self._latencies.append(seconds)

    def refused(self):
        with self._lock:
            self._errors += 1

    def summary(self):
        with self._lock:
            latencies = sorted(self._latencies)
            summary = {
                "uptime_s": time.monotonic() - self._begin,
                "requests": self._requests,
                "images": self._images,
                "errors": self._errors,
            }
        for percent in (50, 99):
            rank = -(-percent * len(latencies) // 100) - 1
            summary["latency_p%d_ms" % percent] = latencies[rank] * 1000 if latencies else None
        return summary


class Api:
    """Answers 503 until it is given its classifier."""

    def __init__(self, image_size, max_batch, batch):
        self.classifier = None
        self._batch = batch
        self._image_bytes = 3 * image_size * image_size
        self.statistics = Statistics()
        self._max_batch = max_batch
        self.app = flask.Flask("inference-server")
        # A third more in base64, and some room for the JSON around it.
        self.app.config["MAX_CONTENT_LENGTH"] = max_batch * (self._image_bytes * 3 // 2 + 100) + 1000
        self.app.add_url_rule("/predict", view_func=self._predict, methods=["POST"])
        self.app.add_url_rule("/predict/batch", view_func=self._predict_batch, methods=["POST"])
        self.app.add_url_rule("/health", view_func=self._health)
        self.app.add_url_rule("/stats", view_func=lambda: self.statistics.summary())
        self.app.register_error_handler(BadRequest, lambda problem: self._refuse(str(problem), 400))
        self.app.register_error_handler(HTTPException, self._refuse_as_flask_does)

    def _health(self):
        if self.classifier is None:
            return {"status": "loading"}, 503
        return {"status": "ready"}

    def _predict(self):
        if flask.request.mimetype == "application/octet-stream":
            return self._answer(lambda: [self._whole(flask.request.get_data())], single=True)
        if "seed" in _body():
            return self._answer(self._made, single=self._batch == 1)
        return self._answer(lambda: [self._decoded(_field("image"), "image")], single=True)

    def _made(self):
        """Images for a load generator that would need its time to make and send them."""
        seed = _field("seed")
        if not isinstance(seed, int):
            raise BadRequest("seed must be a whole number")
        numbers = random.Random(seed)
        return [numbers.randbytes(self._image_bytes) for _ in range(self._batch)]

    def _predict_batch(self):
        return self._answer(self._images)

    def _images(self):
        images = _field("images")
        if not isinstance(images, list) or not 1 <= len(images) <= self._max_batch:
            raise BadRequest("images must be a list of 1 to %d images" % self._max_batch)
        return [self._decoded(image, "images[%d]" % index) for index, image in enumerate(images)]

    def _answer(self, images, single=False):
        if self.classifier is None:
            return self._refuse("the model is still loading", 503)
        begin = time.perf_counter()
        images = images()
        answers, device_s = self.classifier.classify(images)
        took = time.perf_counter() - begin
        self.statistics.answered(len(images), took)
        predictions = [{"class": number, "probability": probability} for number, probability in answers]
        times = {"latency_ms": took * 1000, "device_ms": device_s * 1000}
        return {**predictions[0], **times} if single else {"predictions": predictions, **times}

    def _decoded(self, text, name):
        if not isinstance(text, str):
            raise BadRequest("%s must be a base64 string" % name)
        try:
            return self._whole(base64.b64decode(text, validate=True), name)
        except binascii.Error:
            raise BadRequest("%s is not base64" % name) from None

    def _whole(self, data, name="the body"):
        if len(data) != self._image_bytes:
            raise BadRequest("%s has %d bytes, an image has %d" % (name, len(data), self._image_bytes))
        return data

    def _refuse_as_flask_does(self, problem):
        cause = getattr(problem, "original_exception", None)
        return self._refuse(problem.description if cause is None else str(cause), problem.code)

    def _refuse(self, message, status):
        self.statistics.refused()
        return {"error": message}, status


class _Connections(WSGIRequestHandler):
    """Keeps connections open, and sends answers at once: they are written in two parts, and the second would wait 40 ms."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_request(self, code="-", size="-"):
        if str(code).startswith("5"):
            super().log_request(code, size)


class Server:
    """Listens from the beginning, on a free port where 0 is asked for."""

    def __init__(self, api, host, port):
        self._server = make_server(host, port, api.app, threaded=True, request_handler=_Connections)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True, name="server").start()


def _body():
    body = flask.request.get_json(silent=True)
    return body if isinstance(body, dict) else {}


def _field(name):
    body = flask.request.get_json(silent=True)
    if not isinstance(body, dict):
        raise BadRequest("the body must be a JSON object with the field %s" % name)
    if name not in body:
        raise BadRequest("the field %s is missing" % name)
    return body[name]
