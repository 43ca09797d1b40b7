/** Looking after an environment: its first hour, what comes before production, and what to ask its proxies. */
@NullMarked
package io.meshwright.operations;

import org.jspecify.annotations.NullMarked;
