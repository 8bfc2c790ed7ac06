package dev.unmask.engine.sampler.api;

/**
 * The block that is being filled.
 *
 * @param index from 0
 * @param count at least 1
 * @param from its first position
 * @param to the position after its last
 */
public record BlockPosition(int index, int count, int from, int to) {}
