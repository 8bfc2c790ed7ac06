package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.ImageEstimator;
import dev.unmask.engine.trace.TraceHeader;

/** What an image run asks. */
public record ImageRunModel(TraceHeader.Model identity, ImageEstimator estimator) {}
