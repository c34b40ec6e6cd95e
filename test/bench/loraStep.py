"""One LoRA step in PyTorch, for `npm run bench:training` to compare with: a Llama of the sizes given, plain sequences, AdamW.

Written as PyTorch is usually used (scaled_dot_product_attention, rms_norm, fused AdamW), and generous to it: the head runs at the
answer positions alone. Usage: loraStep.py SIZES_AS_JSON; prints {"torch", "seconds": median}.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

sizes = json.loads(sys.argv[1])
C, HEADS, KV = sizes["hiddenSize"], sizes["heads"], sizes["keyValueHeads"]
D = sizes["headSize"]
torch.set_num_threads(sizes["threads"])
torch.manual_seed(1)


class LoraLinear(nn.Module):
    """y = x·Wᵀ + scale·x·Aᵀ·Bᵀ with W frozen; without a rank, W alone."""

    def __init__(self, width, out, rank):
        super().__init__()
        self.weight = nn.Parameter(0.05 * torch.randn(out, width), requires_grad=False)
        self.scale = sizes["alpha"] / sizes["rank"]
        self.a = nn.Parameter(torch.randn(rank, width) / width**0.5) if rank else None
        self.b = nn.Parameter(torch.zeros(out, rank)) if rank else None

    def forward(self, x):
        y = F.linear(x, self.weight)
        return y if self.a is None else y + self.scale * F.linear(F.linear(x, self.a), self.b)


def rotate(x, cosine, sine):
    first, second = x.chunk(2, dim=-1)
    return x * cosine + torch.cat((-second, first), dim=-1) * sine


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        rank = sizes["rank"]
        self.q = LoraLinear(C, HEADS * D, rank)
        self.k = LoraLinear(C, KV * D, 0)
        self.v = LoraLinear(C, KV * D, rank)
        self.o = LoraLinear(HEADS * D, C, rank)
        self.gate = LoraLinear(C, sizes["intermediateSize"], rank)
        self.up = LoraLinear(C, sizes["intermediateSize"], rank)
        self.down = LoraLinear(sizes["intermediateSize"], C, rank)
        self.before_attention = nn.Parameter(torch.ones(C), requires_grad=False)
        self.before_mlp = nn.Parameter(torch.ones(C), requires_grad=False)

    def forward(self, x, cosine, sine):
        B, T, _ = x.shape
        h = F.rms_norm(x, (C,), self.before_attention, 1e-5)
        split = lambda y, heads: y.view(B, T, heads, D).transpose(1, 2)
        q = rotate(split(self.q(h), HEADS), cosine, sine)
        k = rotate(split(self.k(h), KV), cosine, sine)
        v = split(self.v(h), KV)
        mixed = F.scaled_dot_product_attention(q, k, v, is_causal=True, enable_gqa=True)
        x = x + self.o(mixed.transpose(1, 2).reshape(B, T, HEADS * D))
        h = F.rms_norm(x, (C,), self.before_mlp, 1e-5)
        return x + self.down(F.silu(self.gate(h)) * self.up(h))


class Decoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.embedding = nn.Parameter(0.05 * torch.randn(sizes["vocabularySize"], C), requires_grad=False)
        self.layers = nn.ModuleList(Layer() for _ in range(sizes["layers"]))
        self.norm = nn.Parameter(torch.ones(C), requires_grad=False)
        self.head = nn.Parameter(0.05 * torch.randn(sizes["vocabularySize"], C), requires_grad=False)
        angles = torch.outer(torch.arange(sizes["tokens"]), 10_000.0 ** (-torch.arange(0, D, 2) / D))
        self.cosine, self.sine = torch.cat((angles, angles), -1).cos(), torch.cat((angles, angles), -1).sin()

    def forward(self, ids):
        x = F.embedding(ids, self.embedding)
        for layer in self.layers:
            x = layer(x, self.cosine, self.sine)
        return F.linear(F.rms_norm(x[:, -1], (C,), self.norm, 1e-5), self.head[:101])


decoder = Decoder()
trainable = [parameter for parameter in decoder.parameters() if parameter.requires_grad]
optimizer = torch.optim.AdamW(trainable, lr=1e-4, weight_decay=0.0, fused=True)
ids = torch.randint(sizes["vocabularySize"], (sizes["rows"], sizes["tokens"]))
target = torch.full((sizes["rows"], 101), 1 / 101)
times = []
for step in range(sizes["warmUp"] + sizes["steps"]):
    started = time.perf_counter()
    optimizer.zero_grad(set_to_none=True)
    loss = -(target * F.log_softmax(decoder(ids), -1)).sum(-1).mean()
    loss.backward()
    optimizer.step()
    if step >= sizes["warmUp"]:
        times.append(time.perf_counter() - started)
print(json.dumps({"torch": torch.__version__, "seconds": sorted(times)[len(times) // 2]}))
