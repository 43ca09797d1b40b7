/** Meshes and requests that chance draws for the wind tunnel, the same for the same seed. */
package io.meshwright.rehearsal.tunnel.drawn;
