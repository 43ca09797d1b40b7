/** Rules for PeerAuthentications and RequestAuthentications: mutual TLS and tokens. */
@NullMarked
package io.meshwright.check.rule.authentication;

import org.jspecify.annotations.NullMarked;
