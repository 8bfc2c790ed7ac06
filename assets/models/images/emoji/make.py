"""Writes this model: a thousand emoji of Twemoji.

npm pack emoji-datasource-twitter@16.0.0 && tar xzf emoji-datasource-twitter-16.0.0.tgz
python3 make.py package    (in this folder; needs Pillow)
"""

import json
import struct
import sys

from PIL import Image, ImageChops, ImageStat

SIZE = 32
CELL = SIZE + 2  # each has a border of one pixel in the sheet
CLASSES = {
    "faces": ["face-", "cat-face", "monkey-face"],
    "hearts": ["heart"],
    "animals": ["animal-"],
    "plants": ["plant-"],
    "food": ["food-", "drink", "dishware"],
    "sky": ["sky & weather"],
    "places": ["place-", "hotel"],
    "transport": ["transport-"],
    "play": ["Activities"],
    "things": ["Objects", "time", "emotion"],
}
OTHERS = {"People & Body", "Symbols", "Flags", "Component"}
ALIKE = 25  # squared distance of values from -1 to 1


def group(entry):
    """The class of an emoji, if it has one."""
    if entry["category"] in OTHERS or entry["short_name"].startswith("clock"):
        return None
    for name, words in CLASSES.items():
        if entry["category"] in words or entry["subcategory"].startswith(tuple(words)):
            return name
    raise ValueError(entry["subcategory"])


def on_white(sheet, entry):
    left, top = entry["sheet_x"] * CELL + 1, entry["sheet_y"] * CELL + 1
    cut = sheet.crop((left, top, left + SIZE, top + SIZE))
    white = Image.new("RGBA", cut.size, "white")
    return Image.alpha_composite(white, cut).convert("RGB")


def distance(one, other):
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).sum2) / 127.5**2


def chosen(package):
    """Name and picture of each emoji by class, but for clocks and the second of two that are alike."""
    with open(f"{package}/emoji.json", encoding="utf-8") as file:
        entries = sorted(json.load(file), key=lambda entry: entry["sort_order"])
    sheet = Image.open(f"{package}/img/twitter/sheets/32.png").convert("RGBA")
    found = {name: [] for name in CLASSES}
    for entry in entries:
        name = group(entry)
        if name:
            picture = on_white(sheet, entry)
            if all(distance(picture, other) >= ALIKE for _, other in found[name]):
                found[name].append((entry["name"].lower(), picture))
    return found


def planes(picture):
    """All reds, then greens, then blues, line by line."""
    return b"".join(band.tobytes() for band in picture.split())


def main():
    found = chosen(sys.argv[1])
    emoji = [(label, *each) for label, name in enumerate(CLASSES) for each in found[name]]
    config = {
        "model_type": "exact-images",
        "height": SIZE,
        "width": SIZE,
        "channels": 3,
        "classes": list(CLASSES),
        "labels": [label for label, _, _ in emoji],
        "names": [name for _, name, _ in emoji],
    }
    with open("config.json", "w", encoding="utf-8") as file:
        json.dump(config, file, ensure_ascii=False, indent=1)
        file.write("\n")
    data = b"".join(planes(picture) for _, _, picture in emoji)
    entry = {"dtype": "U8", "shape": [len(emoji), 3, SIZE, SIZE], "data_offsets": [0, len(data)]}
    header = json.dumps({"images": entry}).encode()
    header += b" " * (-len(header) % 8)
    with open("model.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)
    print(len(emoji), {name: len(images) for name, images in found.items()})


main()
