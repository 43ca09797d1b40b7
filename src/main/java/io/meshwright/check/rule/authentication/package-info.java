/** Rules for PeerAuthentications and RequestAuthentications: mutual TLS and tokens. */
package io.meshwright.check.rule.authentication;
