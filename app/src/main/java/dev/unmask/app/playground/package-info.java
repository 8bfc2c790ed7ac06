/** The plane of the playground: particles, density, score and paths as pictures. */
package dev.unmask.app.playground;
