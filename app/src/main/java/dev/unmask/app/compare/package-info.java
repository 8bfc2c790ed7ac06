/** Two runs at one playhead: where they differ, and what their texts are worth to a model. */
package dev.unmask.app.compare;
