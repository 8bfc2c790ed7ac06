package dev.unmask.app.export.vector;

import dev.unmask.app.theme.Typeface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** The characters of a typeface that a document uses, as a font of its own. */
final class OutlineFont {
  private final Typeface typeface;
  private final SequencedMap<Integer, Integer> glyphs = new LinkedHashMap<>();

  OutlineFont(Typeface typeface) {
    this.typeface = typeface;
  }

  /** Of what typeface. */
  Typeface typeface() {
    return typeface;
  }

  /** The number of a character's glyph, from 1; the font has it from now on. */
  int glyph(int codePoint) {
    return glyphs.computeIfAbsent(codePoint, unknown -> glyphs.size() + 1);
  }

  /** The glyphs' numbers by character, in ascending order of the numbers. */
  SequencedMap<Integer, Integer> glyphs() {
    return glyphs;
  }

  /** How far it is from a character to the next, for an em of 1. */
  double advance(int codePoint) {
    return typeface.glyph(codePoint).advance();
  }

  /** The font as a file. */
  byte[] trueType(String name) {
    List<Typeface.Glyph> outlines = new ArrayList<>();
    glyphs.keySet().forEach(codePoint -> outlines.add(typeface.glyph(codePoint)));
    Map<Integer, Integer> seen = new LinkedHashMap<>();
    glyphs.forEach((codePoint, glyph) -> seen.putIfAbsent(Legible.of(codePoint), glyph));
    return new TrueType(name, outlines, seen).bytes();
  }
}
