/** The diffusion transformer of SEDD, MDLM and BD3-LM. */
package dev.unmask.engine.denoiser.dit;
