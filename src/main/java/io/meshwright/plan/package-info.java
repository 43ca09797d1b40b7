/** Compares two sets of manifests: objects, requests, security, delivery, findings, and how bad it can get. */
@NullMarked
package io.meshwright.plan;

import org.jspecify.annotations.NullMarked;
