/** The command line; the window is one of its commands. */
package dev.unmask.app.cli;
