/**
 * The file format of weights and of traces: reading (memory-mapped, never trusting a header) and
 * writing.
 */
package dev.unmask.engine.safetensors;
