/**
 * Order in which Argo CD applies objects, fields that it leaves alone, and objects that it removes only when a person
 * agrees.
 */
@NullMarked
package io.meshwright.construct.delivery.sync;

import org.jspecify.annotations.NullMarked;
