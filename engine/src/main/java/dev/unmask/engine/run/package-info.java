/** The step machine: iterates a sampler over a denoiser and leaves a trace. */
package dev.unmask.engine.run;
