/** The reverse processes, one file each, named as in their papers. */
package dev.unmask.engine.sampler;
