/** Fused operations on opaque handles; the only room that knows ND4J. */
package dev.unmask.engine.tensor;
