package dev.unmask.engine.trace;

/**
 * A step that did what no step of its sampler may do.
 *
 * @param step how many steps were taken with it
 * @param sentence what is wrong, without its step
 */
public record Breach(int step, int position, String sentence) {}
