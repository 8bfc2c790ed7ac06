/** The runs that there are to go back to, and which of them is shown. */
package dev.unmask.app.runs;
