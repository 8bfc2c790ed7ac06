/** What samplers are, what they are set by, and what those of several families share. */
package dev.unmask.engine.sampler.api;
