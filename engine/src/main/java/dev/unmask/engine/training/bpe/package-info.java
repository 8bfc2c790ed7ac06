/**
 * Trains byte-level byte-pair encodings (https://arxiv.org/abs/1508.07909, on bytes as GPT-2 does)
 * and writes them as a standard tokenizer.json.
 */
package dev.unmask.engine.training.bpe;
