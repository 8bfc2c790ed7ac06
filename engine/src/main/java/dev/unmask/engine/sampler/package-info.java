/** The samplers that there are; each family has a room below. */
package dev.unmask.engine.sampler;
