/** Denoisers that know their data: posteriors in closed form. */
package dev.unmask.engine.denoiser.exact;
