/** What goes wrong in runs again and again: each kind is a {@link Check}, asked step by step. */
package dev.unmask.engine.check;
