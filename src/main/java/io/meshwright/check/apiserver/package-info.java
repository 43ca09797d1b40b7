/** Rules of the API server beyond the schema of a kind; they stand in no document that it serves. */
package io.meshwright.check.apiserver;
