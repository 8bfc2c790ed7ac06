/** Families of generative models that learn the same points of the plane, side by side. */
package dev.unmask.app.families;
