/** Rules for Services and their ports. */
@NullMarked
package io.meshwright.check.rule.service;

import org.jspecify.annotations.NullMarked;
