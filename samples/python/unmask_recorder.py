"""Records a run of a masked diffusion language model as a trace that Unmask opens.

One file that needs nothing but Python 3.8. Copy it beside a sampler, then:

    from unmask_recorder import Recorder

    with Recorder("run.trace.safetensors", mask_id=126336, vocabulary=tokenizer) as recorder:
        recorder.start(x, prompt_length=prompt.shape[1])
        for i in range(steps):
            ...
            recorder.step(x, predicted=x0, confidence=x0_p, logits=logits)

Ids, scores and logits are lists, or anything with .tolist(), as PyTorch's tensors and NumPy's arrays
have; with or without a batch in front, of which one row is recorded. What is not given stays unknown.
While the run goes on, every step lies in run.trace.safetensors.part, which Unmask opens too, so a run
that is killed loses nothing. `with` finishes the trace; after an error it leaves the part.
"""

import json
import math
import os
import struct

UNKNOWN = -1
PROMPT, PINNED = 1, 2

# What can decide about a position, and what a confidence can be: Rule.java and Measure.java explain them
RULES = ("untold", "rank", "threshold", "forced", "left_over", "chance", "order", "any", "sampled",
         "all", "planner", "awaited", "bound", "noised", "corrected", "ended", "instead_of_mask",
         "revision", "doubt")
MEASURES = ("untold", "probability", "drawn_from", "log_probability", "noisy", "margin",
            "negative_entropy", "random", "score")
_GROUNDS = ("rule", "measure", "quota", "score", "chance", "draw", "threshold")

_MAGIC = b"unmask-part/1\n"
_PACK = {"I32": "i", "U8": "B", "F32": "f", "F16": "e", "F64": "d"}
_SIZE = {"I32": 4, "U8": 1, "F32": 4, "F16": 2, "F64": 8}


class Recorder:
    """A trace that grows by a state with every step."""

    def __init__(self, path, mask_id=None, vocabulary=None, model="", sampler="", settings=None,
                 seed=None, steps=None, candidates=8, row=0):
        """
        path        of the trace; by custom it ends with .trace.safetensors
        mask_id     the token that is the mask; None where any token may be noise
        vocabulary  the text of each token: a list by id, a map from ids, or a tokenizer
        model       its name
        sampler     its name, and its settings: a dictionary
        seed        of torch's generator, if it was seeded
        steps       how many are planned, from which the time of a state follows; None if unknown
        candidates  how many of the most probable tokens are kept where logits are given
        row         which sequence of a batch is recorded
        """
        self.path = os.fspath(path)
        self.mask_id = mask_id
        self.steps = steps
        self.candidates = candidates
        self.row = row
        self._about = {"model": {"name": model, "sha256": ""},
                       "mask_id": UNKNOWN if mask_id is None else mask_id,
                       "noise": "" if mask_id is None else "absorbing",
                       "random": "none" if seed is None else "torch", "seed": seed or 0,
                       "version": "unmask_recorder.py",
                       "segments": _segments(sampler, settings)}
        self._vocabulary = _texts(vocabulary)
        self._part = None
        self._tokens = None
        self._taken = 0
        self._evaluations = 0
        self._greatest = UNKNOWN
        self._told = set()

    # What a sampler calls

    def start(self, tokens, prompt_length=None, length=None, memory=None):
        """The state before the first step.

        prompt_length  how many tokens were given; without it, all that are no masks now were
        length         that the sequence will have, if it is longer than these tokens
        memory         numbers that Unmask's sampler of this name remembers, by name: with
                       {"answer": its first position}, llada's blocks are shown
        """
        if self._part is not None:
            raise RuntimeError("start was called before; a recorder records one run")
        given = _ids(tokens, self.row)
        self._length = len(given) if length is None else length
        self._tokens = self._padded(given)
        self._marks = self._given(prompt_length, len(given))
        about = dict(self._about, length=self._length)
        self._memory = sorted((memory or {}).items())
        self._columns = _columns(self._length, self.candidates, self._memory)
        self._part = _Part(self.path + ".part", {
            "metadata": {"format": "unmask-trace/1", "run": json.dumps(about),
                         "vocabulary": json.dumps(self._vocabulary)},
            "length": self._length,
            "state": [column for column in self._columns if column["of"] == "state"],
            "step": [column for column in self._columns if column["of"] == "step"]})
        self._part.append(self._state_row(None))

    def step(self, tokens, predicted=None, confidence=None, logits=None, time=None, evaluations=1,
             asked=None, rule=None, measure=None, quota=None, score=None, chance=None, draw=None,
             threshold=None):
        """A step was taken, which led to these tokens.

        predicted    x0 at every position; without it, the most probable token if there are logits
        confidence   the score that tokens were chosen by
        logits       [positions, vocabulary]: entropy and candidates follow from them
        time         t of the state now, 0 is clean; without it, it follows from the planned steps
        evaluations  of the model that the step took
        asked        positions that were predicted; without it, those that were masked (or all)
        rule         what decided, one of RULES, for all that were asked; or one for every position
        measure      what the confidences are, one of MEASURES
        quota        how many the step was to take
        score        what was compared, if that is not the confidence, at every position
        threshold    what it was compared with; a number, or one for every position
        chance       of what stood there to be left, likewise
        draw         the number that decided, less than the chance or not, at every position
        """
        if self._part is None:
            raise RuntimeError("call start with the state before the first step")
        before, self._tokens = self._tokens, self._padded(_ids(tokens, self.row))
        self._taken += 1
        self._evaluations += evaluations
        if asked is None:
            asked = [i for i in range(self._length)
                     if self.mask_id is None or before[i] == self.mask_id]
        asked = list(asked)
        row = self._step_row(asked, before, predicted, confidence, logits)
        grounds = dict(rule=rule, measure=measure, quota=quota, score=score, chance=chance, draw=draw,
                       threshold=threshold)
        self._told.update(name for name, value in grounds.items() if value is not None)
        self._part.append(row + self._grounds_row(asked, **grounds) + self._state_row(time))

    def finish(self):
        """Writes the trace and removes the part."""
        if self._part is None:
            raise RuntimeError("nothing was recorded; call start first")
        self._part.close()
        untold = [name for name in _GROUNDS if name not in self._told]
        _write(self.path, self._part, self._columns, untold, self._taken, self._greatest)
        os.remove(self._part.path)
        self._part = None

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if self._part is None:
            return
        if kind is None:
            self.finish()
        else:
            self._part.close()

    # Hooks of other programs

    def dream_hook(self, step, x, logits):
        """For Dream: generation_tokens_hook_func=recorder.dream_hook."""
        if step is None:
            self.start(x)
        else:
            self.step(x, logits=logits)
        return x

    def diffusers_callback(self, pipe, step, timestep, tensors):
        """For diffusers: callback_on_step_end, with block_x or canvas as its tensor inputs.

        Call start with the prompt (for canvas: with no tokens) and the whole length before."""
        self.step(tensors["block_x"] if "block_x" in tensors else tensors["canvas"])
        return {}

    # Rows

    def _padded(self, ids):
        if len(ids) > self._length:
            raise ValueError("the sequence has %d tokens and was started with %d; give start its length"
                             % (len(ids), self._length))
        rest = UNKNOWN if self.mask_id is None else self.mask_id
        padded = ids + [rest] * (self._length - len(ids))
        self._greatest = max(self._greatest, max(padded, default=UNKNOWN))
        return padded

    def _given(self, prompt_length, started):
        marks = [0] * self._length
        if prompt_length is None:
            if self.mask_id is not None:
                first = next((i for i in range(started) if self._tokens[i] == self.mask_id), started)
                marks = [0 if token == self.mask_id or i >= started else PROMPT if i < first else PINNED
                         for i, token in enumerate(self._tokens)]
        else:
            marks[:prompt_length] = [PROMPT] * prompt_length
        return marks

    def _state_row(self, time):
        if time is None:
            time = 1 - self._taken / self.steps if self.steps else math.nan
        return (_pack("I32", self._tokens) + _pack("U8", self._marks) + _pack("F64", [float(time)])
                + _pack("I32", [number for _, number in self._memory]))

    def _step_row(self, asked, before, predicted, confidence, logits):
        rows = None if logits is None else _row_of_batch(logits, self.row, 2)
        entropy, ids, probabilities = _statistics(rows, asked, self._length, self.candidates)
        if predicted is not None:
            all_ids = _ids(predicted, self.row)
            x0 = _only(asked, all_ids, self._length, UNKNOWN)
        else:
            x0 = [ids[i * self.candidates] if self.candidates else UNKNOWN
                  for i in range(self._length)]
            for i in asked:
                if self._tokens[i] != before[i] and self._tokens[i] != self.mask_id:
                    x0[i] = self._tokens[i]
        scores = [math.nan] * self._length
        if confidence is not None:
            scores = _only(asked, _list(_row_of_batch(confidence, self.row, 1)), self._length, math.nan)
        return (_pack("I32", x0) + _pack("F32", scores) + _pack("F32", entropy)
                + _pack("I32", ids) + _pack("F16", probabilities)
                + _pack("I32", [self._evaluations]) + _pack("I32", [UNKNOWN]))


    def _grounds_row(self, asked, rule, measure, quota, score, chance, draw, threshold):
        words = [rule] * self._length if isinstance(rule, str) else rule or []
        rules = _only(asked, [RULES.index(word or "untold") for word in words], self._length, 0)
        return (_pack("U8", rules) + _pack("U8", [MEASURES.index(measure or "untold")])
                + _pack("I32", [UNKNOWN if quota is None else quota])
                + b"".join(_pack("F32", self._floats(asked, values))
                           for values in (score, chance, draw, threshold)))

    def _floats(self, asked, values):
        if values is None:
            return [math.nan] * self._length
        if isinstance(values, (int, float)):
            values = [values] * self._length
        else:
            values = _list(_row_of_batch(values, self.row, 1))
        return _only(asked, values, self._length, math.nan)


def _columns(length, candidates, memory):
    """The tensors of a trace, in the order of a row's bytes."""
    remembered = [("state", "memory." + name, "I32", [1]) for name, _ in memory]
    return [dict(of=of, name=name, type=kind, shape=shape) for of, name, kind, shape in [
        ("state", "tokens", "I32", [length]),
        ("state", "marks", "U8", [length]),
        ("state", "time", "F64", []),
        *remembered,
        ("step", "predicted", "I32", [length]),
        ("step", "confidence", "F32", [length]),
        ("step", "entropy", "F32", [length]),
        ("step", "candidate_ids", "I32", [length, candidates]),
        ("step", "candidate_probabilities", "F16", [length, candidates]),
        ("step", "evaluations", "I32", []),
        ("step", "context", "I32", []),
        ("step", "rule", "U8", [length]),
        ("step", "measure", "U8", []),
        ("step", "quota", "I32", []),
        *[("step", name, "F32", [length]) for name in ("score", "chance", "draw", "threshold")]]]


def _segments(sampler, settings):
    if not sampler:
        return []
    return [{"from_step": 0, "sampler": sampler, "settings": settings or {}, "edits": []}]


def _texts(vocabulary):
    if vocabulary is None:
        return []
    if hasattr(vocabulary, "decode"):
        return [vocabulary.decode([i]) for i in range(len(vocabulary))]
    if isinstance(vocabulary, dict):
        return [vocabulary.get(i, "") for i in range(max(vocabulary) + 1)]
    return list(vocabulary)


# Tensors, arrays and lists alike

def _row_of_batch(values, row, dimensions):
    """One sequence, if there is a batch in front of its dimensions."""
    depth = len(values.shape) if hasattr(values, "shape") else _depth(values)
    return values[row] if depth > dimensions else values


def _depth(values):
    return 1 + _depth(values[0]) if isinstance(values, (list, tuple)) and values else 0


def _list(values):
    return values.tolist() if hasattr(values, "tolist") else list(values)


def _ids(values, row):
    return [int(value) for value in _list(_row_of_batch(values, row, 1))]


def _only(positions, values, length, elsewhere):
    chosen = [elsewhere] * length
    for i in positions:
        if i < len(values):
            chosen[i] = values[i]
    return chosen


def _statistics(logits, asked, length, kept):
    """Entropy in nats, and the most probable tokens with their probabilities, best first."""
    entropy = [math.nan] * length
    ids = [UNKNOWN] * (length * kept)
    probabilities = [0.0] * (length * kept)
    if logits is None or not asked:
        return entropy, ids, probabilities
    asked = [i for i in asked if i < len(logits)]
    fast = hasattr(logits, "topk") and hasattr(logits, "softmax")
    for i, (h, best, chances) in zip(asked, (_by_tensor if fast else _by_list)(logits, asked, kept)):
        entropy[i] = h
        ids[i * kept:i * kept + len(best)] = best
        probabilities[i * kept:i * kept + len(best)] = chances
    return entropy, ids, probabilities


def _by_tensor(logits, asked, kept):
    p = logits[asked].float().softmax(-1)
    entropy = -(p * p.clamp(min=1e-45).log()).sum(-1)
    best = p.topk(min(kept, p.shape[-1]), -1)
    return zip(entropy.tolist(), best.indices.tolist(), best.values.tolist())


def _by_list(logits, asked, kept):
    for i in asked:
        row = _list(logits[i])
        greatest = max(row)
        weights = [math.exp(value - greatest) for value in row]
        whole = sum(weights)
        p = [weight / whole for weight in weights]
        best = sorted(range(len(p)), key=lambda token: (-p[token], token))[:kept]
        yield -sum(x * math.log(x) for x in p if x > 0), best, [p[token] for token in best]


# Files

def _pack(kind, values):
    return struct.pack("<%d%s" % (len(values), _PACK[kind]), *values)


def _row_bytes(column):
    return _SIZE[column["type"]] * math.prod(column["shape"])


class _Part:
    """A line that names the format, then frames: size and CRC-32C of what follows, and that."""

    def __init__(self, path, about):
        if os.path.exists(path):
            _keep(path)
        self.path = path
        self.frames = []
        self._file = open(path, "xb")
        self._file.write(_MAGIC)
        self.append(json.dumps(about).encode())

    def append(self, payload):
        self.frames.append((self._file.tell() + 8, len(payload)))
        self._file.write(struct.pack("<iI", len(payload), _crc32c(payload)) + payload)
        self._file.flush()

    def close(self):
        self._file.close()


def _keep(part):
    """Nothing recorded is ever lost: the part of an earlier run gets a number."""
    stem, number = part[:-len(".part")], 1
    while os.path.exists("%s.%d.part" % (stem, number)):
        number += 1
    os.rename(part, "%s.%d.part" % (stem, number))


def _write(path, part, columns, untold, steps, greatest):
    """Tensor by tensor, the widest elements first; beside its place, and then renamed.

    A vocabulary that does not reach the greatest id is filled up: a trace's covers all its tokens.
    What was never told is left out."""
    with open(part.path, "rb") as rows, open(path + ".writing", "wb") as out:
        about = json.loads(_read(rows, part.frames[0], 0, part.frames[0][1]))
        texts = json.loads(about["metadata"]["vocabulary"])
        texts += ["#%d" % i for i in range(len(texts), greatest + 1)] if texts else []
        metadata = dict(about["metadata"], vocabulary=json.dumps(texts))
        header, offset = {"__metadata__": metadata}, 0
        kept = [column for column in columns if column["name"] not in untold]
        ordered = sorted(kept, key=lambda column: -_SIZE[column["type"]])
        for column in ordered:
            count = steps + 1 if column["of"] == "state" else steps
            size = count * _row_bytes(column)
            header[column["name"]] = {"dtype": column["type"], "shape": [count] + column["shape"],
                                      "data_offsets": [offset, offset + size]}
            offset += size
        text = json.dumps(header).encode()
        text += b" " * (-len(text) % 8)
        out.write(struct.pack("<Q", len(text)) + text)
        of_step = sum(_row_bytes(column) for column in columns if column["of"] == "step")
        for column in ordered:
            at = _before(columns, column)
            size = _row_bytes(column)
            if column["of"] == "state":
                out.write(_read(rows, part.frames[1], at, size))
            for frame in part.frames[2:]:
                out.write(_read(rows, frame, at + (of_step if column["of"] == "state" else 0), size))
    os.replace(path + ".writing", path)


def _before(columns, column):
    """Bytes of a row before a column's."""
    same = [other for other in columns if other["of"] == column["of"]]
    return sum(_row_bytes(other) for other in same[:same.index(column)])


def _read(rows, frame, at, size):
    rows.seek(frame[0] + at)
    return rows.read(size)


def _crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = value >> 1 ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


_CRC = _crc_table()


def _crc32c(data):
    value = 0xFFFFFFFF
    for byte in data:
        value = value >> 8 ^ _CRC[(value ^ byte) & 0xFF]
    return value ^ 0xFFFFFFFF
