/** {@code dist/} delivered for real, on loopback; docs/rehearsal.md says what is real and what stands in. */
package io.meshwright.rehearsal;
