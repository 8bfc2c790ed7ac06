package dev.unmask.engine.trace;

/**
 * The most probable tokens at every position, best first.
 *
 * @param perPosition K
 * @param ids [length × K]; −1 where there is none
 * @param probabilities [length × K]; 0 where there is none
 */
public record Candidates(int perPosition, int[] ids, float[] probabilities) {}
