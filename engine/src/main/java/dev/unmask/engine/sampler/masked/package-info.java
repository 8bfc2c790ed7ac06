/** Samplers that choose which predictions of the masks to commit. */
package dev.unmask.engine.sampler.masked;
