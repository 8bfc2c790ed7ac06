/** The trainer that made the bundled checkpoints. */
package dev.unmask.engine.training;
