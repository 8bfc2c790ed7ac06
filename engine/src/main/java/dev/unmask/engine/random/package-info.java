/**
 * Random numbers behind one interface: counter-based Philox, and the generators of the references.
 */
package dev.unmask.engine.random;
