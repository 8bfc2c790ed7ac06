package dev.unmask.app.picture;

/**
 * One position at a step.
 *
 * @param text the token that is shown: the one there, the one predicted, or for a remasked position
 *     the one that was lost; empty where there is none
 * @param before for an edited position the token that was replaced, else empty
 * @param confidence of the step's prediction here, in the sampler's own score; NaN where none
 * @param setByUser whether the user set this token
 */
public record Cell(Look look, String text, String before, float confidence, boolean setByUser) {}
