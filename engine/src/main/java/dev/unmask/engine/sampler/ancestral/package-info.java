/** Samplers that draw from the reverse process itself. */
package dev.unmask.engine.sampler.ancestral;
