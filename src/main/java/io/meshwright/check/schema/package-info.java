/**
 * Checks that objects are of the form that the API server takes: built-in kinds by their models, custom ones by their
 * definitions.
 */
@NullMarked
package io.meshwright.check.schema;

import org.jspecify.annotations.NullMarked;
