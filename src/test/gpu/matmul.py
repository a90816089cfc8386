"""Matrix products on the first GPU for the given number of seconds; prints `ready`, then what it did."""
import sys
import time

import torch

left = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
right = torch.randn(8192, 8192, device="cuda", dtype=torch.bfloat16)
left @ right
torch.cuda.synchronize()
print("ready", flush=True)
start, calls = time.monotonic(), 0
while time.monotonic() - start < float(sys.argv[1]):
    for _ in range(50):
        left @ right
    torch.cuda.synchronize()
    calls += 50
seconds = time.monotonic() - start
print(f"{calls / seconds:.0f} products/s, {calls / seconds * 2 * 8192**3 / 1e12:.0f} TFLOP/s", flush=True)
