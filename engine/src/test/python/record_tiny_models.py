"""Records the logits of tiny models, written here from their papers as plain torch modules.

    python3 record_tiny_models.py FOLDER

For each model FOLDER gets NAME.config.json, NAME.safetensors and NAME.forward.json. Weights are
rounded to the type they are stored in before the logits are computed in float32, and are drawn from
a fixed seed. Nothing but torch is needed.
"""

import json
import math
import struct
import sys
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import nn


class RmsNorm(nn.Module):
    """https://arxiv.org/abs/1910.07467, equation 4."""

    def __init__(self, width, eps):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(width))
        self.eps = eps

    def forward(self, x):
        return x / torch.sqrt((x * x).mean(-1, keepdim=True) + self.eps) * self.weight


def rotate(x, theta):
    """https://arxiv.org/abs/2104.09864, equation 34, as complex numbers: element i of a head's
    first half is the real part of a number whose imaginary part is element i of the second."""
    half = x.shape[-1] // 2
    angles = torch.outer(
        torch.arange(x.shape[0], dtype=torch.float64),
        theta ** (-torch.arange(half, dtype=torch.float64) / half),
    )
    turned = torch.complex(x[..., :half].double(), x[..., half:].double()) * torch.polar(
        torch.ones_like(angles), angles
    ).unsqueeze(1)
    return torch.cat((turned.real, turned.imag), dim=-1).float()


def attend(q, k, v):
    """[length, heads, size] each; every query sees every key, and heads share keys in groups."""
    group = q.shape[1] // k.shape[1]
    mixed = []
    for head in range(q.shape[1]):
        scores = q[:, head] @ k[:, head // group].T / math.sqrt(q.shape[-1])
        mixed.append(scores.softmax(-1) @ v[:, head // group])
    return torch.cat(mixed, dim=-1)


class Dream(nn.Module):
    """Qwen2 (https://arxiv.org/abs/2407.10671) without a causal mask, its logits one token late
    (Dream, https://arxiv.org/abs/2508.15487)."""

    config = {
        "model_type": "Dream",
        "architectures": ["DreamModel"],
        "hidden_act": "silu",
        "hidden_size": 32,
        "intermediate_size": 48,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "num_key_value_heads": 2,
        "vocab_size": 64,
        "max_position_embeddings": 128,
        "rms_norm_eps": 1e-6,
        "rope_theta": 1000000.0,
        "rope_scaling": None,
        "tie_word_embeddings": False,
        "use_sliding_window": False,
        "use_mrope": False,
        "bos_token_id": 61,
        "eos_token_id": 61,
        "mask_token_id": 63,
    }
    dtype = "BF16"
    mask = 63

    class Layer(nn.Module):
        def __init__(self, c):
            super().__init__()
            width, size = c["hidden_size"], c["hidden_size"] // c["num_attention_heads"]
            keys = c["num_key_value_heads"] * size
            self.size, self.theta = size, c["rope_theta"]
            self.input_layernorm = RmsNorm(width, c["rms_norm_eps"])
            self.self_attn = nn.Module()
            self.self_attn.q_proj = nn.Linear(width, width)
            self.self_attn.k_proj = nn.Linear(width, keys)
            self.self_attn.v_proj = nn.Linear(width, keys)
            self.self_attn.o_proj = nn.Linear(width, width, bias=False)
            self.post_attention_layernorm = RmsNorm(width, c["rms_norm_eps"])
            self.mlp = nn.Module()
            self.mlp.gate_proj = nn.Linear(width, c["intermediate_size"], bias=False)
            self.mlp.up_proj = nn.Linear(width, c["intermediate_size"], bias=False)
            self.mlp.down_proj = nn.Linear(c["intermediate_size"], width, bias=False)

        def forward(self, x):
            y, attention, mlp = self.input_layernorm(x), self.self_attn, self.mlp
            heads = [
                p(y).view(len(y), -1, self.size)
                for p in (attention.q_proj, attention.k_proj, attention.v_proj)
            ]
            q, k = (rotate(h, self.theta) for h in heads[:2])
            x = x + attention.o_proj(attend(q, k, heads[2]))
            y = self.post_attention_layernorm(x)
            return x + mlp.down_proj(F.silu(mlp.gate_proj(y)) * mlp.up_proj(y))

    def __init__(self):
        super().__init__()
        c = self.config
        self.model = nn.Module()
        self.model.embed_tokens = nn.Embedding(c["vocab_size"], c["hidden_size"])
        self.model.layers = nn.ModuleList(Dream.Layer(c) for _ in range(c["num_hidden_layers"]))
        self.model.norm = RmsNorm(c["hidden_size"], c["rms_norm_eps"])
        self.lm_head = nn.Linear(c["hidden_size"], c["vocab_size"], bias=False)

    def forward(self, ids):
        x = self.model.embed_tokens(ids)
        for layer in self.model.layers:
            x = layer(x)
        logits = self.lm_head(self.model.norm(x))
        return torch.cat((logits[:1], logits[:-1]))


class Smdm(nn.Module):
    """LLaMA's layers looking both ways, with Lit-GPT's names (https://arxiv.org/abs/2410.18514)."""

    config = {
        "name": "tiny",
        "block_size": 128,
        "vocab_size": 60,
        "padding_multiple": 64,
        "n_layer": 2,
        "n_head": 4,
        "n_embd": 32,
        "n_query_groups": 2,
        "rotary_percentage": 1.0,
        "parallel_residual": False,
        "shared_attention_norm": False,
        "bias": False,
        "condense_ratio": 1,
        "_norm_class": "FusedRMSNorm",
        "norm_eps": 1e-5,
        "_mlp_class": "LLaMAMLP",
        "intermediate_size": 48,
    }
    dtype = "F32"
    mask = 64

    class Layer(nn.Module):
        def __init__(self, c):
            super().__init__()
            width, hidden = c["n_embd"], c["intermediate_size"]
            self.groups, self.size = c["n_query_groups"], width // c["n_head"]
            self.norm_1 = RmsNorm(width, c["norm_eps"])
            self.attn = nn.Module()
            rows = (c["n_head"] + 2 * self.groups) * self.size
            self.attn.attn = nn.Linear(width, rows, bias=False)
            self.attn.proj = nn.Linear(width, width, bias=False)
            self.norm_2 = RmsNorm(width, c["norm_eps"])
            self.mlp = nn.Module()
            self.mlp.swiglu = nn.Module()
            self.mlp.swiglu.w1 = nn.Linear(width, hidden, bias=False)
            self.mlp.swiglu.w2 = nn.Linear(width, hidden, bias=False)
            self.mlp.swiglu.w3 = nn.Linear(hidden, width, bias=False)

        def forward(self, x):
            # A group's rows: its queries, its key, its value.
            qkv = self.attn.attn(self.norm_1(x)).view(len(x), self.groups, -1, self.size)
            q = qkv[:, :, :-2].reshape(len(x), -1, self.size)
            mixed = attend(rotate(q, 10000.0), rotate(qkv[:, :, -2], 10000.0), qkv[:, :, -1])
            x = x + self.attn.proj(mixed)
            y, mlp = self.norm_2(x), self.mlp.swiglu
            return x + mlp.w3(F.silu(mlp.w1(y)) * mlp.w2(y))

    def __init__(self):
        super().__init__()
        c = self.config
        self.transformer = nn.Module()
        self.transformer.wte = nn.Embedding(64 + 1, c["n_embd"])
        self.transformer.h = nn.ModuleList(Smdm.Layer(c) for _ in range(c["n_layer"]))
        self.transformer.ln_f = RmsNorm(c["n_embd"], c["norm_eps"])
        self.lm_head = nn.Linear(c["n_embd"], 64, bias=False)

    def forward(self, ids):
        x = self.transformer.wte(ids)
        for layer in self.transformer.h:
            x = layer(x)
        return self.lm_head(self.transformer.ln_f(x))


class BertLayer(nn.Module):
    """https://arxiv.org/abs/1706.03762, sections 3.1 to 3.3, with GELU."""

    def __init__(self, c):
        super().__init__()
        width, hidden, eps = c["hidden_size"], c["intermediate_size"], c["layer_norm_eps"]
        self.size = width // c["num_attention_heads"]
        self.attention = nn.Module()
        # The word self cannot be an attribute that is set by its name.
        inner = nn.Module()
        inner.query, inner.key, inner.value = (nn.Linear(width, width) for _ in range(3))
        self.attention.add_module("self", inner)
        self.attention.output = nn.Module()
        self.attention.output.dense = nn.Linear(width, width)
        self.attention.output.LayerNorm = nn.LayerNorm(width, eps)
        self.intermediate = nn.Module()
        self.intermediate.dense = nn.Linear(width, hidden)
        self.output = nn.Module()
        self.output.dense = nn.Linear(hidden, width)
        self.output.LayerNorm = nn.LayerNorm(width, eps)

    def forward(self, x):
        inner = getattr(self.attention, "self")
        q, k, v = (p(x).view(len(x), -1, self.size) for p in (inner.query, inner.key, inner.value))
        out = self.attention.output
        x = out.LayerNorm(x + out.dense(attend(q, k, v)))
        y = F.gelu(self.intermediate.dense(x))
        return self.output.LayerNorm(x + self.output.dense(y))


def encoder(c):
    """What BERT and RoBERTa share, under the names that both use."""
    body = nn.Module()
    body.embeddings = nn.Module()
    body.embeddings.word_embeddings = nn.Embedding(c["vocab_size"], c["hidden_size"])
    body.embeddings.position_embeddings = nn.Embedding(
        c["max_position_embeddings"], c["hidden_size"]
    )
    body.embeddings.token_type_embeddings = nn.Embedding(c["type_vocab_size"], c["hidden_size"])
    body.embeddings.LayerNorm = nn.LayerNorm(c["hidden_size"], c["layer_norm_eps"])
    body.encoder = nn.Module()
    body.encoder.layer = nn.ModuleList(BertLayer(c) for _ in range(c["num_hidden_layers"]))
    return body


def encode(body, ids, first_position):
    e = body.embeddings
    positions = torch.arange(len(ids)) + first_position
    types = torch.zeros_like(ids)
    x = e.word_embeddings(ids) + e.position_embeddings(positions) + e.token_type_embeddings(types)
    x = e.LayerNorm(x)
    for layer in body.encoder.layer:
        x = layer(x)
    return x


class Bert(nn.Module):
    """https://arxiv.org/abs/1810.04805."""

    config = {
        "model_type": "bert",
        "architectures": ["BertForMaskedLM"],
        "hidden_act": "gelu",
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "vocab_size": 60,
        "max_position_embeddings": 24,
        "type_vocab_size": 2,
        "layer_norm_eps": 1e-12,
        "pad_token_id": 0,
        "mask_token_id": 4,
    }
    dtype = "F32"
    mask = 4

    def __init__(self):
        super().__init__()
        c = self.config
        self.bert = encoder(c)
        self.bert.pooler = nn.Module()
        self.bert.pooler.dense = nn.Linear(c["hidden_size"], c["hidden_size"])
        self.cls = nn.Module()
        self.cls.predictions = nn.Module()
        self.cls.predictions.bias = nn.Parameter(torch.zeros(c["vocab_size"]))
        self.cls.predictions.transform = nn.Module()
        self.cls.predictions.transform.dense = nn.Linear(c["hidden_size"], c["hidden_size"])
        self.cls.predictions.transform.LayerNorm = nn.LayerNorm(
            c["hidden_size"], c["layer_norm_eps"]
        )
        self.cls.seq_relationship = nn.Linear(c["hidden_size"], 2)

    def forward(self, ids):
        x = encode(self.bert, ids, 0)
        head = self.cls.predictions
        x = head.transform.LayerNorm(F.gelu(head.transform.dense(x)))
        return x @ self.bert.embeddings.word_embeddings.weight.T + head.bias


class Roberta(nn.Module):
    """https://arxiv.org/abs/1907.11692: positions are counted from behind the padding's id."""

    config = {
        "model_type": "roberta",
        "architectures": ["RobertaForMaskedLM"],
        "hidden_act": "gelu",
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "vocab_size": 60,
        "max_position_embeddings": 26,
        "type_vocab_size": 1,
        "layer_norm_eps": 1e-5,
        "bos_token_id": 0,
        "pad_token_id": 1,
        "eos_token_id": 2,
        "mask_token_id": 59,
    }
    dtype = "F16"
    mask = 59

    def __init__(self):
        super().__init__()
        c = self.config
        self.roberta = encoder(c)
        self.lm_head = nn.Module()
        self.lm_head.bias = nn.Parameter(torch.zeros(c["vocab_size"]))
        self.lm_head.dense = nn.Linear(c["hidden_size"], c["hidden_size"])
        self.lm_head.layer_norm = nn.LayerNorm(c["hidden_size"], c["layer_norm_eps"])

    def forward(self, ids):
        x = encode(self.roberta, ids, 2)
        x = self.lm_head.layer_norm(F.gelu(self.lm_head.dense(x)))
        return x @ self.roberta.embeddings.word_embeddings.weight.T + self.lm_head.bias


def draw(model):
    """Norms near one, all else large enough that a mistake in any of it shows in the logits."""
    types = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    for name, parameter in model.named_parameters():
        values = torch.rand(parameter.shape) - 0.5
        is_gain = parameter.dim() == 1 and name.endswith("weight")
        values = 1 + 0.4 * values if is_gain else values
        parameter.data = values.to(types[model.dtype]).float()


def write_safetensors(path, model):
    types = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    header, data = {}, b""
    for name, tensor in model.state_dict().items():
        stored = tensor.to(types[model.dtype]).contiguous()
        raw = stored.view(torch.int32 if model.dtype == "F32" else torch.int16).numpy().tobytes()
        offsets = [len(data), len(data) + len(raw)]
        header[name] = {"dtype": model.dtype, "shape": list(tensor.shape), "data_offsets": offsets}
        data += raw
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def record(folder, name, model):
    draw(model)
    ids = torch.tensor([7, model.mask, 12, 33, model.mask, model.mask, 5, 41, 2, model.mask, 28])
    with torch.no_grad():
        logits = model(ids)
    write_safetensors(folder / f"{name}.safetensors", model)
    (folder / f"{name}.config.json").write_text(json.dumps(model.config, indent=1) + "\n")
    recording = {
        "source": "engine/src/test/python/record_tiny_models.py, torch " + torch.__version__,
        "input": ids.tolist(),
        "logits_shape": list(logits.shape),
        "logits_last_position": logits[-1].tolist(),
        "logits_first8_each_position": logits[:, :8].tolist(),
        "argmax": logits.argmax(-1).tolist(),
    }
    (folder / f"{name}.forward.json").write_text(json.dumps(recording) + "\n")


def main():
    folder = Path(sys.argv[1])
    torch.set_num_threads(1)
    torch.manual_seed(2026)
    for name, model in {"dream": Dream(), "smdm": Smdm(), "bert": Bert(), "roberta": Roberta()}.items():
        record(folder, name, model)


if __name__ == "__main__":
    main()
