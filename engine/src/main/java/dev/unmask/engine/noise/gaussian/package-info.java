/** Gaussian forward processes over images and points, and what a model of them may predict. */
package dev.unmask.engine.noise.gaussian;
