package dev.unmask.engine.tensor;

import java.lang.foreign.MemorySegment;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Loading, storing and elementary functions of as many floats as a register holds. */
final class Lanes {
  /** Bits of the registers to compute with; by default as many as the processor has. */
  static final String BITS = "unmask.vector.bits";

  static final VectorSpecies<Float> SPECIES =
      VectorSpecies.of(float.class, VectorShape.forBitSize(bits()));
  static final VectorSpecies<Integer> INTEGERS = VectorSpecies.of(int.class, SPECIES.vectorShape());
  static final int WIDTH = SPECIES.length();

  private static final float SQRT_HALF = 0.70710678f;
  private static final float LOG2_E = 1.44269504f;
  // ln 2 in two parts, so that x − n ln 2 keeps all its bits.
  private static final float LN2_HIGH = 0.693359375f;
  private static final float LN2_LOW = -2.12194440e-4f;

  private Lanes() {}

  /** From 128 to 512, since a sum's {@link Strands} are that wide together. */
  private static int bits() {
    return Math.clamp(
        Integer.getInteger(BITS, FloatVector.SPECIES_PREFERRED.vectorBitSize()), 128, 512);
  }

  static FloatVector load(MemorySegment memory, long offset, int index) {
    return FloatVector.fromMemorySegment(
        SPECIES, memory, offset + (long) index * Float.BYTES, ByteOrder.nativeOrder());
  }

  static FloatVector load(MemorySegment memory, long offset, int index, VectorMask<Float> mask) {
    return FloatVector.fromMemorySegment(
        SPECIES, memory, offset + (long) index * Float.BYTES, ByteOrder.nativeOrder(), mask);
  }

  static void store(FloatVector values, MemorySegment memory, long offset, int index) {
    values.intoMemorySegment(memory, offset + (long) index * Float.BYTES, ByteOrder.nativeOrder());
  }

  static void store(
      FloatVector values, MemorySegment memory, long offset, int index, VectorMask<Float> mask) {
    values.intoMemorySegment(
        memory, offset + (long) index * Float.BYTES, ByteOrder.nativeOrder(), mask);
  }

  /** The lanes of a last, partial register: those from {@code index} to {@code end}. */
  static VectorMask<Float> tail(int index, int end) {
    return SPECIES.indexInRange(index, end);
  }

  /**
   * eˣ within 2 units in the last place for x in [−87, 88]; smaller x give nearly 0, larger ones
   * the greatest value of that range. With n = round(x / ln 2), the Taylor polynomial of e^(x − n
   * ln 2), times 2ⁿ written into the exponent's bits.
   */
  static FloatVector exp(FloatVector x) {
    FloatVector bounded = x.max(-87f).min(88f);
    // Adding and subtracting 1.5 · 2²³ rounds to the nearest integer.
    FloatVector n = bounded.mul(LOG2_E).add(12582912f).sub(12582912f);
    FloatVector r = n.fma(broadcast(-LN2_HIGH), bounded);
    r = n.fma(broadcast(-LN2_LOW), r);
    FloatVector p = broadcast(1f / 5040);
    p = p.fma(r, broadcast(1f / 720));
    p = p.fma(r, broadcast(1f / 120));
    p = p.fma(r, broadcast(1f / 24));
    p = p.fma(r, broadcast(1f / 6));
    p = p.fma(r, broadcast(1f / 2));
    p = p.mul(r).fma(r, r).add(1f);
    IntVector exponent = (IntVector) n.convertShape(VectorOperators.F2I, INTEGERS, 0);
    return exponent.add(127).lanewise(VectorOperators.LSHL, 23).reinterpretAsFloats().mul(p);
  }

  /** 1 / (1 + e⁻ˣ). */
  static FloatVector sigmoid(FloatVector x) {
    return broadcast(1f).div(exp(x.neg()).add(1f));
  }

  /**
   * Φ(x), the distribution function of the normal distribution, within 2e−7: the complementary
   * error function by formula 7.1.26 of Abramowitz and Stegun, Handbook of Mathematical Functions.
   */
  static FloatVector normalDistribution(FloatVector x) {
    FloatVector z = x.abs().mul(SQRT_HALF);
    FloatVector t = broadcast(1f).div(z.fma(broadcast(0.3275911f), broadcast(1f)));
    FloatVector p = broadcast(1.061405429f);
    p = p.fma(t, broadcast(-1.453152027f));
    p = p.fma(t, broadcast(1.421413741f));
    p = p.fma(t, broadcast(-0.284496736f));
    p = p.fma(t, broadcast(0.254829592f));
    FloatVector above = p.mul(t).mul(exp(z.mul(z).neg())).mul(0.5f);
    return above.blend(broadcast(1f).sub(above), x.compare(VectorOperators.GE, 0f));
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(SPECIES, value);
  }
}
