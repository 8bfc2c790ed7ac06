/** Samplers of the user: compiled from a file, or found on the class path, if that was allowed. */
package dev.unmask.engine.sampler.own;
