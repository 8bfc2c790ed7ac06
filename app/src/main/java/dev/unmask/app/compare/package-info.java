/**
 * Up to four runs at one playhead: where they differ, what their texts are worth, how they race.
 */
package dev.unmask.app.compare;
