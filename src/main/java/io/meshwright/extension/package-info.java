/**
 * The things that a team adds to an environment in Java: an {@link io.meshwright.extension.EnvironmentExtension} sees
 * the typed environment and the constructs that were made of it, and adds charts and constructs of its own.
 */
@NullMarked
package io.meshwright.extension;

import org.jspecify.annotations.NullMarked;
