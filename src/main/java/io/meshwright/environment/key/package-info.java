/** Facts of records about the keys of the files that become them: names, types, bounds, sentences, examples, places. */
@NullMarked
package io.meshwright.environment.key;

import org.jspecify.annotations.NullMarked;
