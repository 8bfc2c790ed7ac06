/** Diffusion of particles in the plane, where everything is known exactly. */
package dev.unmask.engine.playground;
