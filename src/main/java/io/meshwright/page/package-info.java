/** Pages for people: the one writer of Markdown, and the pages that are made of values alone. */
@NullMarked
package io.meshwright.page;

import org.jspecify.annotations.NullMarked;
