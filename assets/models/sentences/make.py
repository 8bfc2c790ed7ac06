"""Writes this model: every sentence of a small grammar, with its probability.

python3 make.py    (in this folder; needs nothing but Python 3)
"""

import itertools
import json
import struct

ANIMALS = ["dog", "cat", "bird", "fox"]
ADJECTIVES = {"big": "dog", "old": "cat", "small": "bird", "red": "fox"}
VERBS = ["chase", "like", "see"]
PLURALS = {animal: animal + ("es" if animal.endswith("x") else "s") for animal in ANIMALS}
DETERMINERS = {1: ["a", "the"], 2: ["the", "two"]}


def noun(animal, number):
    return animal if number == 1 else PLURALS[animal]


def sentences():
    """Each sentence with its weight: an adjective is three times as likely before its animal."""
    for number, others in itertools.product([1, 2], repeat=2):
        for subject, thing in itertools.permutations(ANIMALS, 2):
            for adjective, favourite in ADJECTIVES.items():
                for verb in VERBS:
                    for first in DETERMINERS[number]:
                        for second in DETERMINERS[others]:
                            words = [
                                first,
                                adjective,
                                noun(subject, number),
                                verb + ("s" if number == 1 else ""),
                                second,
                                noun(thing, others),
                            ]
                            yield words, 3.0 if subject == favourite else 1.0


def main():
    found = list(sentences())
    words = sorted({word for sentence, _ in found for word in sentence})
    texts = ["[MASK]", "[UNK]"] + ["\u0120" + word for word in words]
    number = {text: index for index, text in enumerate(texts)}
    ids = [[number["\u0120" + word] for word in sentence] for sentence, _ in found]
    write_tensors(ids, [weight for _, weight in found])
    write_json("config.json", config(len(texts)))
    write_json("tokenizer.json", tokenizer(number))


def write_tensors(ids, weights):
    flat = [token for sentence in ids for token in sentence]
    data = struct.pack(f"<{len(flat)}i", *flat) + struct.pack(f"<{len(weights)}f", *weights)
    cut = 4 * len(flat)
    header = {
        "sequences": {"dtype": "I32", "shape": [len(ids), len(ids[0])], "data_offsets": [0, cut]},
        "weights": {"dtype": "F32", "shape": [len(weights)], "data_offsets": [cut, len(data)]},
    }
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open("model.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(text)) + text + data)


def config(size):
    return {
        "model_type": "exact",
        "vocab_size": size,
        "mask_token_id": 0,
        "other_sequences": 0.001,
    }


def tokenizer(number):
    level = {"type": "ByteLevel", "add_prefix_space": True, "trim_offsets": True, "use_regex": True}
    mask = {"id": 0, "content": "[MASK]", "single_word": False, "lstrip": True, "rstrip": False,
            "normalized": False, "special": True}
    return {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [mask],
        "normalizer": None,
        "pre_tokenizer": level,
        "post_processor": None,
        "decoder": level,
        "model": {"type": "WordLevel", "vocab": number, "unk_token": "[UNK]"},
    }


def write_json(name, value):
    with open(name, "w", encoding="utf-8") as file:
        json.dump(value, file, ensure_ascii=False, indent=1)
        file.write("\n")


main()
