/** What a model is worth: bounds of its likelihood, and distances of its samples from data. */
package dev.unmask.engine.evaluation;
