/** The image processes: what a step of a run shows, and all of its steps. */
package dev.unmask.app.images;
