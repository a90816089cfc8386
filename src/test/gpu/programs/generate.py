"""A script as people write it: a LLaMA of transformers with random weights generates, and prints how fast."""

import time

import torch
from transformers import LlamaConfig, LlamaForCausalLM

config = LlamaConfig(hidden_size=2048, intermediate_size=5632, num_hidden_layers=8, num_attention_heads=32)
model = LlamaForCausalLM(config).to("cuda", torch.bfloat16).eval()
prompt = torch.randint(100, 30000, (4, 64), device="cuda")
while True:
    begin = time.time()
    answer = model.generate(prompt, attention_mask=torch.ones_like(prompt), min_new_tokens=32, max_new_tokens=32, do_sample=False, pad_token_id=0)
    seconds = time.time() - begin
    tokens = answer.shape[0] * (answer.shape[1] - prompt.shape[1])
    print(f"{tokens} tokens in {seconds:.3f} s: {tokens / seconds:.1f} tok/s", flush=True)
