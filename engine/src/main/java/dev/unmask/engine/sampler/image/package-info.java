/**
 * Samplers of images and particles. Each stands in one file with its description ({@code KIND}),
 * the settings that are its own, and the lines that say which variable is which symbol of its
 * paper. They see x̂0 alone; what several share is in ImageSettings, VeSampler (x = x_0 + σ ε),
 * LogSnrSampler and the grids.
 */
package dev.unmask.engine.sampler.image;
