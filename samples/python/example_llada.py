"""A run of a toy masked diffusion model by LLaDA's sampler, recorded for Unmask.

    python3 example_llada.py [OUT.trace.safetensors]

It learns a line of a rhyme by heart in some seconds, then writes it from masks. The sampler is the
algorithm of LLaDA (https://arxiv.org/abs/2502.09992, algorithm 5) with blocks and low-confidence
remasking; the three lines that mention the recorder are all that recording takes.
"""

import sys

import torch
from torch import nn

from unmask_recorder import Recorder

RHYME = "jack and jill went up the hill to fetch "
LETTERS = sorted(set(RHYME))
MASK = len(LETTERS)
LENGTH, BLOCK, STEPS = len(RHYME), 16, 16


class Denoiser(nn.Module):
    """From letters, some of them masks, to logits of every letter."""

    def __init__(self, width=64):
        super().__init__()
        self.letters = nn.Embedding(MASK + 1, width)
        self.places = nn.Embedding(LENGTH, width)
        layer = nn.TransformerEncoderLayer(width, 4, 2 * width, dropout=0.0, batch_first=True)
        self.layers = nn.TransformerEncoder(layer, 2)
        self.head = nn.Linear(width, MASK)

    def forward(self, x):
        places = torch.arange(x.shape[1])
        return self.head(self.layers(self.letters(x) + self.places(places)))


def train(model, rounds=150):
    """The masked bound of the paper: cross entropy where masked, weighted by 1/t."""
    optimizer = torch.optim.AdamW(model.parameters(), 2e-3)
    clean = torch.tensor([LETTERS.index(letter) for letter in RHYME]).expand(16, LENGTH)
    for _ in range(rounds):
        t = torch.rand(16, 1) * 0.98 + 0.02
        masked = torch.rand(clean.shape) < t
        logits = model(torch.where(masked, torch.tensor(MASK), clean))
        loss = nn.functional.cross_entropy(logits.transpose(1, 2), clean, reduction="none")
        loss = (loss * masked / t).mean()
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()


@torch.no_grad()
def generate(model, prompt, recorder):
    x = torch.full((1, LENGTH), MASK)
    x[:, :prompt.shape[1]] = prompt
    recorder.start(x, prompt_length=prompt.shape[1], memory={"answer": prompt.shape[1]})
    blocks = (LENGTH - prompt.shape[1]) // BLOCK
    for block in range(blocks):
        end = prompt.shape[1] + (block + 1) * BLOCK
        quota = BLOCK // (STEPS // blocks)
        for _ in range(STEPS // blocks):
            masked = x == MASK
            logits = model(x)
            x0 = logits.argmax(-1)
            confidence = logits.softmax(-1).gather(-1, x0.unsqueeze(-1)).squeeze(-1)
            choosable = torch.where(masked, confidence, torch.tensor(-torch.inf))
            choosable[:, end:] = -torch.inf
            chosen = choosable.topk(quota).indices
            x[0, chosen[0]] = x0[0, chosen[0]]
            recorder.step(x, predicted=x0, confidence=confidence, logits=logits)
    return x


def main(out):
    torch.manual_seed(0)
    model = Denoiser()
    train(model)
    prompt = torch.tensor([[LETTERS.index(letter) for letter in "jack and"]])
    settings = {"steps": STEPS, "block": BLOCK}
    with Recorder(out, mask_id=MASK, vocabulary=LETTERS + ["[MASK]"], model="toy rhyme",
                  sampler="llada", settings=settings, steps=STEPS, seed=0) as recorder:
        x = generate(model.eval(), prompt, recorder)
    print("".join(LETTERS[i] for i in x[0].tolist()))


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "example_llada.trace.safetensors")
