/** Transformers with rotary positions, of LLaDA's and Llama's kin. */
package dev.unmask.engine.denoiser.transformer;
