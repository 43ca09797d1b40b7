/** {@code dist/} delivered for real: a control plane, Argo CD and istiod on loopback; docs/rehearsal.md says what is not. */
package io.meshwright.rehearsal;
