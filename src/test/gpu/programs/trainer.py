"""Hugging Face's Trainer as it is: a small BERT on random words. Its own bar and its own log."""

import tempfile

import torch
from transformers import BertConfig, BertForSequenceClassification, Trainer, TrainingArguments


class Words(torch.utils.data.Dataset):
    def __len__(self):
        return 1_000_000

    def __getitem__(self, index):
        return {"input_ids": torch.randint(30000, (128,)), "labels": index % 2}


model = BertForSequenceClassification(BertConfig(num_hidden_layers=6))
settings = TrainingArguments(tempfile.mkdtemp(), max_steps=100_000, per_device_train_batch_size=32, bf16=True,
                             save_strategy="no", logging_steps=50, report_to="none")
Trainer(model, settings, train_dataset=Words()).train()
