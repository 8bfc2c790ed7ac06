/** Arithmetic on whole rows, with the same bits on every processor and any number of threads. */
package dev.unmask.engine.arithmetic;
