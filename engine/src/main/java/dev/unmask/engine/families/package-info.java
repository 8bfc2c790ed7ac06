/** Families of generative models, each of which learns the same points of the plane. */
package dev.unmask.engine.families;
