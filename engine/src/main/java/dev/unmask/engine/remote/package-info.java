/**
 * Denoisers on other machines, by the <a
 * href="https://github.com/kserve/open-inference-protocol">Open Inference Protocol</a> v2 over
 * HTTP, as KServe, Triton and {@code unmask serve} speak it: the client and the server.
 */
package dev.unmask.engine.remote;
