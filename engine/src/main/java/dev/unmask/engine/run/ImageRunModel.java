package dev.unmask.engine.run;

import dev.unmask.engine.denoiser.ImageDenoiser;
import dev.unmask.engine.trace.TraceHeader;

/** What an image run asks. */
public record ImageRunModel(TraceHeader.Model identity, ImageDenoiser denoiser) {}
