/** Samplers that finish a block before the next one starts. */
package dev.unmask.engine.sampler.block;
