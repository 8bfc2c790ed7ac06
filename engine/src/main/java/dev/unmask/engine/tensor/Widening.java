package dev.unmask.engine.tensor;

import static dev.unmask.engine.tensor.Lanes.INTEGERS;
import static dev.unmask.engine.tensor.Lanes.SPECIES;
import static dev.unmask.engine.tensor.Lanes.WIDTH;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** Stored numbers to float32, exactly. */
final class Widening {
  private static final VectorSpecies<Short> SHORTS =
      VectorSpecies.of(short.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));
  private static final ValueLayout.OfShort SHORT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Between the exponents of float16 and float32, whose biases are 15 and 127. */
  private static final float REBIAS = 0x1p112f;

  /** The bits of 2¹⁶ before rebiasing, where float16 has infinity. */
  private static final int HALF_INFINITY = 0x7C00 << 13;

  private Widening() {}

  /** One number. */
  @FunctionalInterface
  private interface Scalar {
    float widen(short bits);
  }

  /** As many numbers as a register holds. */
  @FunctionalInterface
  private interface Vector {
    FloatVector widen(IntVector bits);
  }

  /** Fills a matrix of as many values. */
  static void copy(StoredRows from, int columns, HostTensor to) {
    int values = from.rows() * columns;
    switch (from.precision()) {
      case FLOAT32 -> MemorySegment.copy(from.memory(), 0, to.memory(), 0, 4L * values);
      case BFLOAT16 ->
          copy(
              from.memory(),
              values,
              to.memory(),
              Widening::bfloat16,
              bits -> Float.intBitsToFloat(bits << 16));
      case FLOAT16 ->
          copy(from.memory(), values, to.memory(), Widening::float16, Float::float16ToFloat);
    }
  }

  private static void copy(
      MemorySegment from, int values, MemorySegment to, Vector vector, Scalar scalar) {
    int i = 0;
    for (; i < SPECIES.loopBound(values); i += WIDTH) {
      ShortVector bits =
          ShortVector.fromMemorySegment(SHORTS, from, 2L * i, ByteOrder.LITTLE_ENDIAN);
      IntVector wide = (IntVector) bits.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTEGERS, 0);
      Lanes.store(vector.widen(wide), to, 0, i);
    }
    for (; i < values; i++) {
      to.set(ValueLayout.JAVA_FLOAT, 4L * i, scalar.widen(from.get(SHORT, 2L * i)));
    }
  }

  private static FloatVector bfloat16(IntVector bits) {
    return bits.lanewise(VectorOperators.LSHL, 16).reinterpretAsFloats();
  }

  /** The bits of exponent and fraction in their places, and then the exponent by a product. */
  private static FloatVector float16(IntVector bits) {
    IntVector magnitude = bits.and(0x7FFF).lanewise(VectorOperators.LSHL, 13);
    IntVector finite = magnitude.reinterpretAsFloats().mul(REBIAS).reinterpretAsInts();
    VectorMask<Integer> isNot = magnitude.compare(VectorOperators.GE, HALF_INFINITY);
    IntVector widened = finite.blend(magnitude.or(0x7F800000), isNot);
    IntVector sign = bits.and(0x8000).lanewise(VectorOperators.LSHL, 16);
    return widened.or(sign).reinterpretAsFloats();
  }
}
