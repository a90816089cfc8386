"""A loop as people write it: a model of timm is trained on random images, and tqdm draws the bar."""

import timm
import torch
from tqdm import tqdm

model = timm.create_model("resnet50").cuda().train()
optimiser = torch.optim.SGD(model.parameters(), lr=0.01)
images = torch.randn(32, 3, 224, 224, device="cuda")
labels = torch.randint(1000, (32,), device="cuda")
for _ in tqdm(iter(int, 1)):
    with torch.autocast("cuda", torch.bfloat16):
        loss = torch.nn.functional.cross_entropy(model(images), labels)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
    torch.cuda.synchronize()
