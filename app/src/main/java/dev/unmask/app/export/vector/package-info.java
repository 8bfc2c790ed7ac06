/** Pictures as shapes and text: SVG and PDF. */
package dev.unmask.app.export.vector;
