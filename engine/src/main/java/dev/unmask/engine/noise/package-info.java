/** Forward processes for tokens: kernels, schedules, marginals and posteriors. */
package dev.unmask.engine.noise;
