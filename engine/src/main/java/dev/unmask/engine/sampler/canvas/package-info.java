/** Samplers that refine a canvas of tokens, block by block, without masks. */
package dev.unmask.engine.sampler.canvas;
