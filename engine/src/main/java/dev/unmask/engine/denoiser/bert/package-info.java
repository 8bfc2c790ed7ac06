/** The masked language models BERT and RoBERTa. */
package dev.unmask.engine.denoiser.bert;
