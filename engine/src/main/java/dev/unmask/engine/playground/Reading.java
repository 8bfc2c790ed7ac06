package dev.unmask.engine.playground;

/**
 * What is known of a place x in the plane under noise, x = α x_0 + σ ε.
 *
 * @param density p(x)
 * @param scoreX of ∇ log p(x)
 * @param scoreY of ∇ log p(x)
 * @param cleanX of x̂0, the mean of all x_0 that x may have come from
 * @param cleanY of x̂0
 * @param candidates how many components of the mixture x may have come from: e to the entropy of
 *     their probabilities, from 1
 */
public record Reading(
    double density,
    double scoreX,
    double scoreY,
    double cleanX,
    double cleanY,
    double candidates) {}
