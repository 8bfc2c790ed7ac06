package dev.unmask.engine.sampler.masked;

import java.util.List;

/**
 * γ(r): the share of the masks that is left when the share r of the steps is taken, from 1 down to
 * 0 (MaskGIT, https://arxiv.org/abs/2202.04200, section 3.3), in float32 as the authors compute it.
 */
enum MaskSchedule {
  COSINE {
    @Override
    float left(float r, float exponent, int masks) {
      return (float) StrictMath.cos((float) (Math.PI / 2) * r);
    }
  },
  UNIFORM {
    @Override
    float left(float r, float exponent, int masks) {
      return 1 - r;
    }
  },
  POW {
    @Override
    float left(float r, float exponent, int masks) {
      return 1 - (float) StrictMath.pow(r, exponent);
    }
  },
  LOG {
    @Override
    float left(float r, float exponent, int masks) {
      return -(float) (StrictMath.log(r) / StrictMath.log(2))
          / (float) (StrictMath.log(masks) / StrictMath.log(2));
    }
  },
  EXP {
    @Override
    float left(float r, float exponent, int masks) {
      return 1
          - (float)
              StrictMath.pow(2, -(float) (StrictMath.log(masks) / StrictMath.log(2)) * (1 - r));
    }
  };

  /** As settings write them. */
  static final List<String> WORDS = List.of("cosine", "uniform", "pow", "log", "exp");

  private static final float LEAST = 1e-6f;

  /**
   * How many masks are left.
   *
   * @param exponent of pow
   * @param masks at the start
   */
  int masks(int step, int steps, float exponent, int masks) {
    float r = (float) step / steps;
    float left = Math.clamp(left(r, exponent, masks), LEAST, 1f);
    return (int) (masks * left);
  }

  abstract float left(float r, float exponent, int masks);
}
