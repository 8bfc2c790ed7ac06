/** Models that predict clean data from noised data. */
package dev.unmask.engine.denoiser;
