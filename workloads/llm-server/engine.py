"""Continuous batching: each step makes one token for every request, and requests come and go between steps."""

import collections
import threading

import torch


class Request:
    """A text that is continued.

    told(token, last) is called for each token, from the engine's thread.
    """

    def __init__(self, prompt, output, told):
        self.prompt = prompt
        self.left = output
        self.told = told
        self.cancelled = False


class Engine:
    """The requests that are under way have the first rows of the cache, in their order."""

    def __init__(self, network, device, max_batch, max_length):
        self._network = network
        self._device = device
        self._max_batch = max_batch
        self._cache = network.make_cache(max_batch, max_length)
        self._waiting = collections.deque()
        self._changed = threading.Condition()
        self._running = []
        self._tokens = []
        self._places = []

    def add(self, request):
        with self._changed:
            self._waiting.append(request)
            self._changed.notify()

    def run(self):
        with torch.inference_mode():
            while True:
                for request in self._next():
                    self._begin(request)
                self._step()

    def _next(self):
        """Those that begin now. Waits where nobody is under way."""
        with self._changed:
            while not self._waiting and not self._running:
                self._changed.wait()
            # One prompt a step: a long queue must not hold those back that are under way.
            room = len(self._running) < self._max_batch
            return [self._waiting.popleft()] if self._waiting and room else []

    def _begin(self, request):
        row = len(self._running)
        count = len(request.prompt)
        token = self._network(
            self._tensor([request.prompt]),
            row,
            torch.arange(count, device=self._device)[None],
            self._cache,
        )
        self._running.append(request)
        self._tokens.append(int(token[0]))
        self._places.append(count)
        self._tell(row)

    def _step(self):
        count = len(self._running)
        if count == 0:
            return
        tokens = self._network(
            self._tensor([[token] for token in self._tokens]),
            0,
            self._tensor([[place] for place in self._places]),
            self._cache,
        ).tolist()
        for row in range(count):
            self._tokens[row] = tokens[row]
            self._places[row] += 1
        for row in reversed(range(count)):
            self._tell(row)

    def _tell(self, row):
        request = self._running[row]
        request.left -= 1
        last = request.left <= 0 or request.cancelled
        request.told(self._tokens[row], last)
        if last:
            self._leave(row)

    def _leave(self, row):
        """The last row takes its place."""
        end = len(self._running) - 1
        if row != end:
            for keys, values in self._cache:
                keys[row].copy_(keys[end])
                values[row].copy_(values[end])
        for one in (self._running, self._tokens, self._places):
            one[row] = one[end]
            one.pop()

    def _tensor(self, numbers):
        return torch.tensor(numbers, device=self._device)
