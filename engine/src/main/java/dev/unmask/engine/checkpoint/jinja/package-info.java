/** As much of the Jinja template language as the chat templates of models use. */
package dev.unmask.engine.checkpoint.jinja;
