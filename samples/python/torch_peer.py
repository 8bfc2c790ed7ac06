"""What Unmask computes, computed by PyTorch: the other side of `unmask bench peers`.

    python3 torch_peer.py

It reads a line of JSON for each request from its standard input and answers each with one:

    {"open": WORK, ...}   loads WORK ("generate", "evaluate", "train" or "denoise") and answers {}
    {"run": TIMES}        does it so often and answers {"seconds": ..., "processor": ...}
    {"save": FILE}        writes the tensor "result" of the last time to a safetensors file

and tells first what it is: {"name": "torch 2.13.0 (...)"}. Models are folders as Unmask has them.
"""

import json
import math
import struct
import sys
import time
from pathlib import Path

import torch
from torch.nn import functional as F

TYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "I32": torch.int32,
         "U8": torch.uint8}


def load(path):
    """The tensors of a safetensors file, by name; floats as float32."""
    data = bytearray(Path(path).read_bytes())
    size, = struct.unpack("<Q", data[:8])
    tensors = {}
    for name, entry in json.loads(data[8:8 + size]).items():
        if name != "__metadata__":
            start, end = entry["data_offsets"]
            tensor = torch.frombuffer(data, dtype=TYPES[entry["dtype"]], offset=8 + size + start,
                                      count=math.prod(entry["shape"]))
            tensor = tensor.reshape(entry["shape"])
            tensors[name] = tensor.float() if tensor.is_floating_point() else tensor.long()
    return tensors


def save(path, result):
    """Writes one tensor, in float32."""
    values = result.detach().float().contiguous().numpy().tobytes()
    entry = {"dtype": "F32", "shape": list(result.shape), "data_offsets": [0, len(values)]}
    header = json.dumps({"result": entry}).encode()
    Path(path).write_bytes(struct.pack("<Q", len(header)) + header + values)


def config(model):
    return json.loads(Path(model, "config.json").read_text(encoding="utf-8"))


class Llada:
    """LLaDA's transformer (https://arxiv.org/abs/2502.09992), matrices with one input fused."""

    def __init__(self, model):
        shape = config(model)
        self.width, self.heads = shape["d_model"], shape["n_heads"]
        self.epsilon, self.theta = shape.get("rms_norm_eps", 1e-5), shape.get("rope_theta", 1e4)
        self.mask = shape["mask_token_id"]
        tensors = load(Path(model, "model.safetensors"))
        weights = {name.removeprefix("model.transformer.").removesuffix(".weight"): tensor
                   for name, tensor in tensors.items()}
        self.table, self.norm = weights["wte"], weights["ln_f"]
        self.head = weights.get("ff_out", self.table)
        self.layers = []
        for i in range(shape["n_layers"]):
            one = {name.removeprefix(f"blocks.{i}."): tensor for name, tensor in weights.items()
                   if name.startswith(f"blocks.{i}.")}
            self.layers.append({
                "attn_norm": one["attn_norm"], "ff_norm": one["ff_norm"],
                "qkv": torch.cat([one["q_proj"], one["k_proj"], one["v_proj"]]),
                "attn_out": one["attn_out"],
                "gate_up": torch.cat([one["ff_proj"], one["up_proj"]]),
                "ff_out": one["ff_out"]})

    def rotation(self, length):
        size = self.width // self.heads
        angles = torch.outer(torch.arange(length, dtype=torch.float64),
                             self.theta ** (-torch.arange(0, size, 2, dtype=torch.float64) / size))
        return angles.cos().float().repeat(1, 2), angles.sin().float().repeat(1, 2)

    def normed(self, x, gain):
        return F.rms_norm(x, gain.shape, gain, self.epsilon)

    def stream(self, ids):
        """The residual stream's end, [B, T, width]."""
        batch, length = ids.shape
        cos, sin = self.rotation(length)
        x = F.embedding(ids, self.table)
        for layer in self.layers:
            qkv = F.linear(self.normed(x, layer["attn_norm"]), layer["qkv"])
            q, k, v = qkv.view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
            mixed = F.scaled_dot_product_attention(rotate(q, cos, sin), rotate(k, cos, sin), v)
            x = x + F.linear(mixed.transpose(1, 2).reshape(x.shape), layer["attn_out"])
            gate_up = F.linear(self.normed(x, layer["ff_norm"]), layer["gate_up"])
            gate, up = gate_up.chunk(2, -1)
            x = x + F.linear(F.silu(gate) * up, layer["ff_out"])
        return x

    def logits(self, stream):
        return F.linear(self.normed(stream, self.norm), self.head)


def rotate(x, cos, sin):
    first, second = x.chunk(2, -1)
    return x * cos + torch.cat([-second, first], -1) * sin


class Evaluate:
    """All logits of a sequence."""

    def __init__(self, model, ids):
        self.llada, self.ids = Llada(model), torch.tensor([ids])

    @torch.inference_mode()
    def run(self):
        return self.llada.logits(self.llada.stream(self.ids))[0]


class Generate:
    """LLaDA's sampler in one block, without noise, as its generate.py: logits of all positions."""

    def __init__(self, model, prompt, length, steps):
        self.llada, self.prompt, self.length, self.steps = Llada(model), prompt, length, steps

    @torch.inference_mode()
    def run(self):
        x = torch.full((1, self.length), self.llada.mask)
        x[0, :len(self.prompt)] = torch.tensor(self.prompt)
        masks = self.length - len(self.prompt)
        for step in range(self.steps):
            quota = masks // self.steps + (step < masks % self.steps)
            masked = x == self.llada.mask
            logits = self.llada.logits(self.llada.stream(x))
            predicted = logits.argmax(-1)
            confidence = logits.softmax(-1).gather(-1, predicted[..., None])[..., 0]
            chosen = confidence.where(masked, -torch.inf).topk(quota).indices
            x.scatter_(1, chosen, predicted.gather(1, chosen))
        return x[0]


class Train:
    """Steps of training as Unmask takes them: Muon on what is within the layers, AdamW elsewhere.

    The result is the running mean of the loss after each step.
    """

    def __init__(self, model, inputs):
        self.model, self.inputs = model, load(inputs)
        self.steps = len(self.inputs["rates"])

    def run(self):
        llada = Llada(self.model)
        llada.head = llada.table
        gains = [llada.norm] + [layer[name] for layer in llada.layers
                                for name in ("attn_norm", "ff_norm")]
        parts = {"qkv": 3, "attn_out": 1, "gate_up": 2, "ff_out": 1}
        hidden = [part for layer in llada.layers for name, count in parts.items()
                  for part in [(layer[name], count)]]
        every = gains + [llada.table] + [matrix for matrix, _ in hidden]
        for parameter in every:
            parameter.requires_grad_()
        adam = torch.optim.AdamW(
            [{"params": gains, "weight_decay": 0.0},
             {"params": [llada.table], "weight_decay": 0.01}], betas=(0.9, 0.98), fused=True)
        momenta = [torch.zeros_like(matrix) for matrix, _ in hidden]
        mean, means = math.nan, []
        for step, rate in enumerate(self.inputs["rates"].tolist()):
            if step == 1:  # the first one takes memory
                self.begin()
            now = self.loss(llada, step)
            now.backward()
            torch.nn.utils.clip_grad_norm_(every, 1.0)
            for group in adam.param_groups:
                group["lr"] = rate
            adam.step()
            with torch.no_grad():
                for (matrix, count), momentum in zip(hidden, momenta):
                    muon(matrix, momentum, count, 2 * rate)
            for parameter in every:
                parameter.grad = None
            mean = now.item() if math.isnan(mean) else 0.99 * mean + 0.01 * now.item()
            means.append(mean)
        return torch.tensor(means)

    def loss(self, llada, step):
        ids, rows, targets, weights = (self.inputs[f"{name}.{step}"]
                                       for name in ("ids", "rows", "targets", "weights"))
        logits = llada.logits(llada.stream(ids).flatten(0, 1)[rows])
        return F.cross_entropy(logits, targets, reduction="none") @ weights

    def begin(self):
        """Starts the clock; the first step is not counted."""
        self.began = clocks()


def muon(matrix, momentum, count, rate):
    """https://kellerjordan.github.io/posts/muon, in float32; each of the parts by itself."""
    momentum.mul_(0.95).add_(matrix.grad)
    ahead = matrix.grad.add(momentum, alpha=0.95)
    matrix.mul_(1 - rate * 0.1)
    for part, x in zip(matrix.chunk(count), ahead.chunk(count)):
        x = x / (x.norm() + 1e-7)
        tall = x.shape[0] > x.shape[1]
        x = x.T if tall else x
        for _ in range(5):
            square = x @ x.T
            x = 3.4445 * x + (-4.7750 * square + 2.0315 * square @ square) @ x
        part.sub_(x.T if tall else x, alpha=rate * 0.2 * math.sqrt(max(x.shape)))


class UNet:
    """The U-Net of Unmask's bundled models; tensors are [images, height, width, channels]."""

    def __init__(self, model):
        self.shape = config(model)
        self.weights = load(Path(model, "model.safetensors"))
        noise = torch.linspace(self.shape["beta_start"], self.shape["beta_end"],
                               self.shape["num_train_timesteps"])
        self.alpha_bar = (1 - noise.double()).cumprod(0)

    def normed(self, x, name):
        gain = self.weights[name + ".norm"] if name else self.weights["norm"]
        return F.rms_norm(x, gain.shape, gain, 1e-5)

    def convolve(self, x, name, features):
        for block in range(self.shape["blocks"]):
            layer = f"{name}.{block}"
            matrix, channels = self.weights[layer + ".gate_up"], x.shape[-1]
            kernel = matrix[:, :9 * channels].view(-1, 3, 3, channels).permute(0, 3, 1, 2)
            told = F.linear(features, matrix[:, 9 * channels:])
            wide = F.conv2d(self.normed(x, layer).permute(0, 3, 1, 2), kernel, told, padding=1)
            gate, up = wide.permute(0, 2, 3, 1).chunk(2, -1)
            x = x + F.linear(F.silu(gate) * up, self.weights[layer + ".down"])
            if name == "coarse" and block == 0:
                x = self.attend(x)
        return x

    def attend(self, x):
        images, height, width, channels = x.shape
        qkv = F.linear(self.normed(x, "attention"), self.weights["attention.qkv"])
        q, k, v = qkv.view(images, height * width, 3, channels // 32, 32).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(x.shape)
        return x + F.linear(mixed, self.weights["attention.out"])

    def forward(self, x, t):
        """What the network says of images [N, C, H, W] at a time in 0 to 1."""
        angles = math.pi / 2 * 2.0 ** torch.arange(8, dtype=torch.float64) * t
        none = F.one_hot(torch.tensor(self.shape["classes"]), self.shape["classes"] + 1)
        features = torch.cat([torch.ones(1), torch.stack([angles.sin(), angles.cos()], 1).flatten(),
                              none]).float()
        fine = F.linear(unshuffle(x.permute(0, 2, 3, 1)), self.weights["stem"])
        fine = self.convolve(fine, "before", features)
        coarse = F.linear(unshuffle(fine), self.weights["merge"])
        coarse = self.convolve(coarse, "coarse", features)
        fine = fine + shuffle(F.linear(coarse, self.weights["split"]))
        fine = self.convolve(fine, "after", features)
        said = shuffle(F.linear(self.normed(fine, ""), self.weights["head"]))
        return said.permute(0, 3, 1, 2)

    def clean(self, x, alpha, sigma, step):
        """The clean image, out of the velocity that it was trained to say."""
        return alpha * x - sigma * self.forward(x, step / len(self.alpha_bar))


def unshuffle(x):
    images, height, width, channels = x.shape
    x = x.reshape(images, height // 2, 2, width // 2, 2, channels)
    return x.permute(0, 1, 3, 2, 4, 5).reshape(images, height // 2, width // 2, 4 * channels)


def shuffle(x):
    images, height, width, channels = x.shape
    x = x.view(images, height, width, 2, 2, channels // 4).permute(0, 1, 3, 2, 4, 5)
    return x.reshape(images, 2 * height, 2 * width, channels // 4)


class Exact:
    """Bayes' rule over known images, all equally probable."""

    def __init__(self, model):
        self.known = load(Path(model, "model.safetensors"))["images"].flatten(1) / 127.5 - 1
        self.squares = (self.known ** 2).sum(1)

    def clean(self, x, alpha, sigma, _):
        evidence = alpha * (x.flatten(1) @ self.known.T - alpha / 2 * self.squares)
        return ((evidence / sigma ** 2).softmax(-1) @ self.known).view(x.shape)


class Denoise:
    """DDIM (https://arxiv.org/abs/2010.02502) without fresh noise, on DDPM's linear schedule."""

    def __init__(self, model, inputs, steps):
        self.start = load(inputs)["start"]
        self.denoiser = UNet(model) if config(model)["model_type"] == "unet" else Exact(model)
        alpha_bar = (1 - torch.linspace(1e-4, 0.02, 1000).double()).cumprod(0).tolist()
        self.times = [round(1000 * (steps - i) / steps) - 1 for i in range(steps)]
        self.levels = [alpha_bar[time] for time in self.times] + [1.0]

    @torch.inference_mode()
    def run(self):
        x = self.start
        for i, time_ in enumerate(self.times):
            alpha, sigma = math.sqrt(self.levels[i]), math.sqrt(1 - self.levels[i])
            clean = self.denoiser.clean(x, alpha, sigma, time_)
            noise = (x - alpha * clean) / sigma
            x = math.sqrt(self.levels[i + 1]) * clean + math.sqrt(1 - self.levels[i + 1]) * noise
        return x


WORKS = {"evaluate": Evaluate, "generate": Generate, "train": Train, "denoise": Denoise}


def clocks():
    return time.perf_counter(), time.process_time()


def run(work, times):
    seconds = processor = 0.0
    for _ in range(times):
        work.began = clocks()
        result = work.run()
        ended = clocks()
        seconds += ended[0] - work.began[0]
        processor += ended[1] - work.began[1]
    return result, {"seconds": seconds, "processor": processor}


def name():
    blas = "MKL" if torch.backends.mkl.is_available() else "another BLAS"
    return f"torch {torch.__version__} ({blas}, {torch.backends.cpu.get_cpu_capability()})"


def main():
    print(json.dumps({"name": name()}), flush=True)
    work = result = None
    for line in sys.stdin:
        request, answer = json.loads(line), {}
        if "open" in request:
            torch.set_num_threads(request.pop("threads"))
            work = WORKS[request.pop("open")](**request)
        elif "run" in request:
            result, answer = run(work, request["run"])
        else:
            save(request["save"], result)
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
