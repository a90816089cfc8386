"""A loop for `accelerate launch`, as people write it: it runs in a process of its own, below the launcher."""

import torch
import torchvision
from accelerate import Accelerator
from tqdm import tqdm

accelerator = Accelerator(mixed_precision="bf16")
model = torchvision.models.resnet18()
model, optimiser = accelerator.prepare(model, torch.optim.SGD(model.parameters(), lr=0.01))
images = torch.randn(64, 3, 224, 224, device=accelerator.device)
labels = torch.randint(1000, (64,), device=accelerator.device)
for _ in tqdm(iter(int, 1)):
    loss = torch.nn.functional.cross_entropy(model(images), labels)
    optimiser.zero_grad()
    accelerator.backward(loss)
    optimiser.step()
    torch.cuda.synchronize()
