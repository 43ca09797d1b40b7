/** dist: what Argo CD applies, replaced file by file and never left half written. */
package io.meshwright.output;
