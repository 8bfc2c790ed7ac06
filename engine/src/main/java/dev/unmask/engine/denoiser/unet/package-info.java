/** A small U-Net for images, forward and backward. */
package dev.unmask.engine.denoiser.unet;
