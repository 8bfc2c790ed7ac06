/** Image diffusion: noise schedules, samplers and the state they pass on. */
package dev.unmask.engine.image;
