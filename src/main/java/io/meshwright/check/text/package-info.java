/** Amounts and ranges of addresses as Kubernetes reads them from text. */
package io.meshwright.check.text;
