/** The program around the engine: the window, the command line, the painters and the exporters. */
package dev.unmask.app;
