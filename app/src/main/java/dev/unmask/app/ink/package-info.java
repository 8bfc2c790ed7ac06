/** What painters draw, handed on as shapes and text in place of pixels. */
package dev.unmask.app.ink;
