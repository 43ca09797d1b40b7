/** Reads YAML strictly into records and tells every problem of a file at once; knows no environment by name. */
@NullMarked
package io.meshwright.environment.reader;

import org.jspecify.annotations.NullMarked;
