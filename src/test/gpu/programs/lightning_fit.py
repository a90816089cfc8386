"""PyTorch Lightning as it is: a ResNet of torchvision on random images. Its own bar."""

import lightning
import torch
import torchvision
from lightning.pytorch.callbacks import TQDMProgressBar
from lightning.pytorch.plugins.environments import LightningEnvironment


class Images(torch.utils.data.Dataset):
    def __len__(self):
        return 1_000_000

    def __getitem__(self, index):
        return torch.zeros(3, 64, 64), index % 10


class Classifier(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.model = torchvision.models.resnet18(num_classes=10)

    def training_step(self, batch, _):
        loss = torch.nn.functional.cross_entropy(self.model(batch[0]), batch[1])
        self.log("loss", loss, prog_bar=True)
        return loss

    def configure_optimizers(self):
        return torch.optim.SGD(self.parameters(), lr=0.01)


trainer = lightning.Trainer(accelerator="gpu", devices=1, logger=False, enable_checkpointing=False,
                            callbacks=[TQDMProgressBar(refresh_rate=20)],
                            plugins=[LightningEnvironment()])  # not MPI, which some images have
trainer.fit(Classifier(), torch.utils.data.DataLoader(Images(), batch_size=64))
