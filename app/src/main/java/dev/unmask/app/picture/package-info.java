/**
 * What every painter shares: the frame that is to be painted, and how each position looks at a
 * step.
 */
package dev.unmask.app.picture;
