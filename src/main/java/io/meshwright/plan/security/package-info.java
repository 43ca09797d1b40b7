/** Changes that make something wider or narrower: exposure, mutual TLS, egress, rights, pods, images. */
@NullMarked
package io.meshwright.plan.security;

import org.jspecify.annotations.NullMarked;
