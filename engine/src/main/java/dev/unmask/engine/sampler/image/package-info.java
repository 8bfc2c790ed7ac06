/** Samplers of images and particles: chains, solvers, and the grids that they step over. */
package dev.unmask.engine.sampler.image;
