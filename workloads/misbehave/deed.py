"""What the program does wrong, whatever it is."""

BETWEEN_LOOKS_S = 0.01


class Deed:
    def __init__(self, program):
        self.program = program
        self.allocated_bytes = None
        self.refused = None

    def load(self):
        """All that would take time later, as kernels that are compiled."""

    def begin(self):
        """Once, when it begins."""

    def step(self):
        """Again and again meanwhile. Returns the units done, or None."""
        self.program.sleep(BETWEEN_LOOKS_S)
        return None

    def end(self):
        """Once, before it is quiet again."""
