"""Writes this model: a thousand emoji at most, drawn by the font Noto Color Emoji.

python3 make.py NotoColorEmoji.ttf    (in this folder; needs Pillow and a font of version 2.042)
"""

import json
import struct
import sys
import unicodedata

from PIL import Image, ImageDraw, ImageFont

SIZE = 32
GLYPH = 109  # the one size of the font's bitmaps
GROUPS = {
    "faces": [(0x1F600, 0x1F637), (0x1F641, 0x1F644), (0x1F910, 0x1F917), (0x1F920, 0x1F92F), (0x1F970, 0x1F976)],
    "animals": [(0x1F400, 0x1F43E), (0x1F980, 0x1F9AE), (0x1F638, 0x1F640), (0x1F648, 0x1F64A)],
    "plants": [(0x1F330, 0x1F335), (0x1F337, 0x1F343), (0x1F33D, 0x1F344), (0x1F940, 0x1F940)],
    "food": [(0x1F345, 0x1F37C), (0x1F37E, 0x1F37F), (0x1F950, 0x1F96F), (0x1F9C0, 0x1F9CB)],
    "play": [(0x1F380, 0x1F393), (0x1F3A0, 0x1F3C6), (0x1F3C8, 0x1F3C9), (0x1F3CF, 0x1F3D3), (0x1F3F8, 0x1F3F9)],
    "places": [(0x1F3E0, 0x1F3F0), (0x1F5FB, 0x1F5FE), (0x1F680, 0x1F6A4), (0x1F6F4, 0x1F6FC), (0x1F305, 0x1F30C)],
    "things": [(0x1F484, 0x1F48E), (0x1F4A1, 0x1F4A1), (0x1F4B0, 0x1F4FC), (0x1F50A, 0x1F516), (0x1F525, 0x1F52D)],
    "hearts": [(0x1F493, 0x1F49F), (0x1F9E1, 0x1F9E1), (0x1F90D, 0x1F90E), (0x1F5A4, 0x1F5A4)],
    "sky": [(0x1F300, 0x1F304), (0x1F30D, 0x1F320), (0x1F311, 0x1F31E), (0x1F319, 0x1F31A)],
    "shapes": [(0x1F534, 0x1F53D), (0x1F7E0, 0x1F7EB), (0x1F536, 0x1F53B), (0x1F532, 0x1F533)],
}


def drawing(font, character):
    """The glyph on white, 32 × 32 RGB; None if the font has it not."""
    if not font.getmask(character).getbbox():
        return None
    picture = Image.new("RGBA", (136, 136), "white")
    ImageDraw.Draw(picture).text((0, 4), character, font=font, embedded_color=True)
    return picture.convert("RGB").resize((SIZE, SIZE), Image.BOX)


def planes(picture):
    """Bytes of all reds, then greens, then blues."""
    return b"".join(band.tobytes() for band in picture.split())


def main():
    font = ImageFont.truetype(sys.argv[1], GLYPH)
    missing = drawing(font, chr(0x1F8FF))
    names, labels, images, seen = [], [], [], set()
    for label, ranges in enumerate(GROUPS.values()):
        points = sorted({point for first, last in ranges for point in range(first, last + 1)})
        for point in points:
            picture = drawing(font, chr(point))
            if picture is None or picture == missing or picture.tobytes() in seen:
                continue
            seen.add(picture.tobytes())
            names.append(unicodedata.name(chr(point)).lower())
            labels.append(label)
            images.append(planes(picture))
    config = {
        "model_type": "exact-images",
        "height": SIZE,
        "width": SIZE,
        "channels": 3,
        "classes": list(GROUPS),
        "labels": labels,
        "names": names,
    }
    with open("config.json", "w", encoding="utf-8") as file:
        json.dump(config, file, ensure_ascii=False, indent=1)
        file.write("\n")
    data = b"".join(images)
    entry = {"dtype": "U8", "shape": [len(images), 3, SIZE, SIZE], "data_offsets": [0, len(data)]}
    header = json.dumps({"images": entry}).encode()
    header += b" " * (-len(header) % 8)
    with open("model.safetensors", "wb") as file:
        file.write(struct.pack("<Q", len(header)) + header + data)
    print(len(images), {name: labels.count(i) for i, name in enumerate(GROUPS)})


if __name__ == "__main__":
    main()
