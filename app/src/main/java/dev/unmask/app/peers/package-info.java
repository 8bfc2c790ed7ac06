/** Other programs that compute what this one does, and how long each takes. */
package dev.unmask.app.peers;
