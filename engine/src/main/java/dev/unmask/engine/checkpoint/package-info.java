/** Model folders in the Hugging Face layout, and their tokenizers; builds denoisers. */
package dev.unmask.engine.checkpoint;
