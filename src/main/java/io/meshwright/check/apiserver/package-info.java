/** What the API server asks of objects beyond the schema of their kind; it stands in no document that it serves. */
package io.meshwright.check.apiserver;
