/** The engine: noise, denoisers, samplers, runs and traces, with no window and no painting. */
package dev.unmask.engine;
